package io.forkloom.cli.crawl.view;

import java.util.List;
import java.util.Map;

/**
 * What a {@link Meter} has seen of a crawl up to a moment.
 *
 * @param nanos since it began
 * @param outcomes how often each, the most frequent first
 * @param types of media, the most frequent first
 * @param failures by their causes, the most frequent first
 * @param timeline without gaps, from the beginning
 * @param held what held up the crawl, the longest first
 */
public record Findings(
        long nanos,
        Counts counts,
        Latencies latencies,
        Distribution sizes,
        List<Named<Long>> outcomes,
        List<Named<TypeFigures>> types,
        List<Failures> failures,
        Hosts hosts,
        List<Slice> timeline,
        List<Held> held) {

    /** Something with a name, which may come from a server. */
    public record Named<V>(String name, V value) {
        static <V> Named<V> of(Map.Entry<String, V> entry) {
            return new Named<>(entry.getKey(), entry.getValue());
        }
    }

    /** For how long something held up the crawl, and what share of all the time that was. */
    public record Held(Bottleneck.Kind kind, long nanos, double share) {}

    /**
     * Sums of everything.
     *
     * @param attemptsFailed fetches that failed, those that were tried again too
     */
    public record Counts(
            long done,
            long failed,
            long skipped,
            long fetched,
            long attemptsFailed,
            long bytesFetched,
            long bytesDelivered) {

        /** Inputs that came to their end, whatever it was. */
        public long ended() {
            return done + failed + skipped;
        }
    }

    /** Nanoseconds for each page in each stage. */
    public record Latencies(Distribution fetch, Distribution parse, Distribution deliver) {}

    /** How often inputs ended with this outcome, in this stage, for this cause. */
    public record Failures(String outcome, String stage, String cause, long count) {}

    /**
     * Of the hosts the first by each order.
     *
     * @param seen how many there are; at least so many where it is not complete
     * @param complete whether all could be kept; else figures of a host are lower bounds
     */
    public record Hosts(
            int seen,
            boolean complete,
            List<Named<HostFigures>> busiest,
            List<Named<HostFigures>> slowest,
            List<Named<HostFigures>> failing) {}
}
