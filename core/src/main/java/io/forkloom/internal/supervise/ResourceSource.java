package io.forkloom.internal.supervise;

import io.forkloom.internal.wire.Resource;
import java.io.IOException;
import java.util.List;

/** What workers are given of the program: its class files and other resources. For any thread. */
@FunctionalInterface
public interface ResourceSource {
    /**
     * What the program has under a name, which comes from a worker; nothing is loaded for it.
     *
     * @param all instead of the first
     * @param limit bytes that all of it may have; more is an exception that says so
     */
    List<Resource> find(String name, boolean all, int limit) throws IOException;
}
