package io.forkloom.cli.crawl.view;

/**
 * What a crawl waits for, and what would help.
 *
 * @param words a sentence for people, with the numbers of the moment
 */
public record Bottleneck(Kind kind, String words) {

    /** The parts of a crawl that can hold up the others. */
    public enum Kind {
        DELIVER("deliver is full"),
        JOURNAL("the journal is slow"),
        WORKERS("workers start"),
        PARSE("parse is full"),
        FETCH("fetch is full"),
        POLITENESS("politeness"),
        HOSTS("hosts are full"),
        SOURCES("the list is slow"),
        END("the last pages");

        private final String brief;

        Kind(String brief) {
            this.brief = brief;
        }

        /** A few words, where there is no room for more. */
        public String brief() {
            return brief;
        }

        /** What would help, wherever this held up the crawl most of the time. */
        public String advice() {
            return switch (this) {
                case DELIVER -> "the sink is slow";
                case JOURNAL -> "a faster disk would help";
                case WORKERS -> "workers started, or restarted after crashes";
                case PARSE -> "more cores would help";
                case FETCH -> "more --limit or bandwidth would help";
                case POLITENESS -> "more hosts would help";
                case HOSTS -> "more hosts or more --per-host would help";
                case SOURCES -> "the list was read slowly";
                case END -> "too little was left to keep everything busy";
            };
        }
    }

    /**
     * Looks from the end to the beginning: what is full makes everything before it full, too, so the last full stage
     * is the one to blame.
     */
    public static Bottleneck of(Gauges now) {
        if (now.journal() > 0.5) {
            return new Bottleneck(
                    Kind.JOURNAL,
                    "the journal takes " + percent(now.journal()) + " of the time: a faster disk would help");
        }
        if (now.deliver().full()) {
            return new Bottleneck(Kind.DELIVER, "deliver is full: the sink is slow");
        }
        if (now.parseFull()) {
            return 2 * now.busy() < now.workers()
                    ? new Bottleneck(
                            Kind.WORKERS,
                            "parse is full, but " + now.busy() + " of " + now.workers()
                                    + " workers compute: the others start, or restart after a crash")
                    : new Bottleneck(Kind.PARSE, "parse is full, fetch waits: more cores would help");
        }
        if (now.fetch().full()) {
            return new Bottleneck(Kind.FETCH, "fetch is full: more --limit or bandwidth would help");
        }
        if (now.waiting() > 0) {
            return now.heldHosts() > 0
                    ? politeness(now)
                    : new Bottleneck(
                            Kind.HOSTS,
                            "each host has its --per-host pages under way: more hosts or more --per-host would help");
        }
        return now.reading()
                ? new Bottleneck(Kind.SOURCES, "the list is read slowly")
                : new Bottleneck(Kind.END, "the last pages are under way");
    }

    private static Bottleneck politeness(Gauges now) {
        return new Bottleneck(
                Kind.POLITENESS,
                "politeness: " + now.heldHosts() + (now.heldHosts() == 1 ? " host" : " hosts")
                        + " must not be asked yet: more hosts would help");
    }

    private static String percent(double share) {
        return Math.round(100 * share) + " %";
    }
}
