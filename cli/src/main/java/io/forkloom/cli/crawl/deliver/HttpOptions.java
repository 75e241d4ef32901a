package io.forkloom.cli.crawl.deliver;

import java.time.Duration;
import java.util.List;

/**
 * How to deliver to a server.
 *
 * @param method {@code POST} or {@code PUT}
 * @param limit how many results are under way at once
 */
record HttpOptions(String method, List<Header> headers, int limit, Patience patience) {

    /** One header of the user's. Often a secret: its value is in no message. */
    record Header(String name, String value) {
        @Override
        public String toString() {
            return name + ": ...";
        }
    }

    /**
     * With a server that does not take what it is sent.
     *
     * @param attempts in all
     * @param first the pause after the first of them, which doubles
     * @param longest of the pauses that we choose; a server may ask for one of {@link #MOST_ASKED}
     * @param deadline of one exchange, from the connection to the end of the answer
     */
    record Patience(int attempts, Duration first, Duration longest, Duration deadline) {
        static final Duration MOST_ASKED = Duration.ofMinutes(1);
        /** More than a minute of pauses: as long as a restart of a service may take. */
        static final Patience USUAL =
                new Patience(13, Duration.ofMillis(200), Duration.ofSeconds(10), Duration.ofMinutes(1));

        /** The pause after so many attempts. */
        Duration after(int attempt, Duration asked) {
            var pause = first.multipliedBy(1L << Math.min(attempt - 1, 20));
            pause = pause.compareTo(longest) < 0 ? pause : longest;
            var bounded = asked.compareTo(MOST_ASKED) < 0 ? asked : MOST_ASKED;
            return bounded.compareTo(pause) > 0 ? bounded : pause;
        }
    }
}
