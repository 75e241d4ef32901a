package io.forkloom.internal.supervise;

import io.forkloom.internal.wire.Payload;
import io.forkloom.internal.wire.Resource;
import java.io.IOException;
import java.util.List;

/** What workers are given of the program: its class files and other resources, and the values of broadcasts. For any thread. */
public interface ResourceSource {
    /** Who was given the value of a broadcast. */
    @FunctionalInterface
    interface Asker {
        /** The broadcast was closed: its copy is of no more use. Does not wait. */
        void forget(long broadcast);
    }

    /**
     * What the program has under a name, which comes from a worker; nothing is loaded for it.
     *
     * @param all instead of the first
     * @param limit bytes that all of it may have; more is an exception that says so
     */
    List<Resource> find(String name, boolean all, int limit) throws IOException;

    /**
     * The value of a broadcast, whose number comes from a worker.
     *
     * @param asker is told when the broadcast is closed; held weakly
     * @throws IllegalStateException where there is none
     */
    Payload fetch(long broadcast, Asker asker);
}
