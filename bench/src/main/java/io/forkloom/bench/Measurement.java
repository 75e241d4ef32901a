package io.forkloom.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One row of the table, or several that one piece of work gives. */
public interface Measurement {

    /** In the order of the values of {@link Session#measure}. */
    List<Figure> figures();

    /** The median of so many goes is what counts. */
    default int rounds(Scale scale) {
        return scale.of(5, 1);
    }

    /** What has to be known about this run, and is said before it. */
    default Optional<String> note(Scale scale) {
        return Optional.empty();
    }

    /** Who is asked to do the same; nobody, where nobody else can. */
    default Optional<PeerWork> peers(Scale scale) {
        return Optional.empty();
    }

    /** Makes ready, and warms up: the time of that does not count. */
    Session open(Scale scale) throws Exception;

    /** The work, ready to be done as often as wanted. Whoever does it: ours, or a peer. */
    interface Session extends AutoCloseable {

        /** Does it once; a value for each figure, or, of a peer, for the first of them. */
        double[] measure() throws Exception;

        /** Who is asked to do the same, where only the session knows how: it has a server that both ask. */
        default Optional<PeerWork> peers() {
            return Optional.empty();
        }

        @Override
        default void close() {}
    }

    /**
     * The same work for peers.
     *
     * @param names of the peers
     * @param words what a peer's program is told
     * @param fresh whether each go needs a new process
     * @param finish makes figures of what a peer answers
     */
    record PeerWork(List<String> names, List<String> words, boolean fresh, Finish finish) {
        /** The rest of a go, where a peer does only a part: it serves, and is measured from outside. */
        @FunctionalInterface
        public interface Finish {
            double[] measure(double[] answer) throws Exception;
        }

        /** A piece of work with its sizes. */
        public static PeerWork of(List<String> names, String work, long... sizes) {
            var words = new ArrayList<>(List.of(work));
            for (long size : sizes) {
                words.add(Long.toString(size));
            }
            return new PeerWork(names, List.copyOf(words), false, answer -> answer);
        }

        public PeerWork inFreshProcesses() {
            return new PeerWork(names, words, true, finish);
        }

        public PeerWork then(Finish rest) {
            return new PeerWork(names, words, fresh, rest);
        }

        /** One whose goes are complete. */
        Session complete(Session begun) {
            return new Session() {
                @Override
                public double[] measure() throws Exception {
                    return finish.measure(begun.measure());
                }

                @Override
                public void close() {
                    begun.close();
                }
            };
        }
    }
}
