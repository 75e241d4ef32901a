package io.forkloom.bench;

/** What a value counts, and whether more of it is better. */
public enum Unit {
    MICROSECONDS("us", false),
    MILLISECONDS("ms", false),
    SECONDS("s", false),
    PER_SECOND("1/s", true),
    BYTES("B", false),
    COUNT("", true),
    MEBIBYTES("MiB", false),
    PERCENT_OF_A_CORE("%", false),
    TIMES("x", true);

    public final String symbol;
    private final boolean moreIsBetter;

    Unit(String symbol, boolean moreIsBetter) {
        this.symbol = symbol;
        this.moreIsBetter = moreIsBetter;
    }

    /** How many times better ours is than the peer's. */
    public double ratio(double ours, double peer) {
        return moreIsBetter ? ours / peer : peer / ours;
    }
}
