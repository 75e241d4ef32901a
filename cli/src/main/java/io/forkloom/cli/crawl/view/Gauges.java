package io.forkloom.cli.crawl.view;

/**
 * What a crawl does at one moment.
 *
 * @param reading whether the sources have not come to their end
 * @param waiting inputs that were read and wait to be fetched
 * @param heldHosts hosts of these that must not be asked now: a delay, {@code robots.txt}, Retry-After
 * @param busy workers that compute
 * @param journal the share of the last second that went into the journal, 0 to 1
 */
public record Gauges(
        Load fetch,
        Load parse,
        Load deliver,
        boolean reading,
        long waiting,
        int heldHosts,
        int busy,
        int workers,
        double journal) {

    /** Of nothing at all. */
    public static final Gauges IDLE = new Gauges(Load.NONE, Load.NONE, Load.NONE, true, 0, 0, 0, 0, 0);

    /** Whether pages wait for workers that are all busy. */
    boolean parseFull() {
        return parse.full() || (workers > 0 && busy >= workers && parse.underWay() > workers);
    }

    /** How many inputs a stage has under way, and how many it may have. */
    public record Load(int underWay, int limit) {
        static final Load NONE = new Load(0, 0);

        /** Whether what comes next must wait, or would have to in a moment: one is always about to end. */
        public boolean full() {
            return limit > 0 && 10L * underWay >= 9L * limit;
        }

        /** From 0 to 1. */
        double share() {
            return limit == 0 ? 0 : Math.min(1, (double) underWay / limit);
        }
    }
}
