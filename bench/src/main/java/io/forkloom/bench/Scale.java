package io.forkloom.bench;

/** How much is measured: enough to be believed, or just enough to see that it works. */
public enum Scale {
    FULL,
    TINY;

    public int of(int full, int tiny) {
        return this == FULL ? full : tiny;
    }
}
