package io.forkloom.cli.advise;

/**
 * How the function's calls ended.
 *
 * @param words of the bad end, for the user; empty for a good one
 */
record Ending(Kind kind, String words) {
    static final Ending RETURNED = new Ending(Kind.RETURNED, "");

    enum Kind {
        /** All calls did. */
        RETURNED,
        /** One took its JVM with it. */
        CRASHED,
        OUT_OF_MEMORY,
        /** One was stopped when the time was over. */
        TIMED_OUT
    }
}
