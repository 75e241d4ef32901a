package io.forkloom.internal.time;

/** The monotonic clock, in nanoseconds from an arbitrary origin. Compare by difference. */
public final class Ticks {
    private Ticks() {}

    public static long now() {
        return System.nanoTime();
    }
}
