package io.forkloom.bench.peers;

import io.forkloom.bench.Measurement.Session;
import java.util.List;

/** Somebody who can do some of the same work. */
public interface Peer {

    /** As in {@code ratio.NAME.PEER}. */
    String name();

    /** What is there, with its version. */
    String version();

    /**
     * Starts it, ready to be asked.
     *
     * @param fresh whether each go needs a new process
     */
    Session open(List<String> words, boolean fresh) throws PeerException;
}
