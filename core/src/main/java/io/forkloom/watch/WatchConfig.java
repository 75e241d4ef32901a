package io.forkloom.watch;

import io.forkloom.event.WatchEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** What a {@link Watch} is told when it is opened. */
public final class WatchConfig {
    private static final Duration SHORTEST = Duration.ofMillis(5);

    Duration limit = Duration.ofMillis(50);
    int rescue;
    /** Of noBlocking: one carrier for all, until somebody was caught. */
    boolean narrow;

    final List<Consumer<WatchEvent>> listeners = new ArrayList<>();

    WatchConfig() {}

    /** How long virtual threads may wait for a carrier before it is asked who holds them up; 50 ms if not set. */
    public WatchConfig limit(Duration value) {
        limit = checked(value);
        return this;
    }

    /**
     * While a culprit holds its carrier, the scheduler gets one carrier more, for each of them, up to this many; 0, that is
     * never, if not set. As soon as they are gone, and at close, it has as many as before. One watch of a program may.
     */
    public WatchConfig rescue(int carriers) {
        if (carriers < 0) {
            throw new IllegalArgumentException("rescue is a number of carriers, and cannot be " + carriers);
        }
        rescue = carriers;
        return this;
    }

    /**
     * Hears what the watch sees, on a platform thread, in order. One that throws is called again for the next event; for one
     * that is too slow events are dropped.
     */
    public WatchConfig listener(Consumer<WatchEvent> listener) {
        listeners.add(listener);
        return this;
    }

    static Duration checked(Duration limit) {
        if (limit.compareTo(SHORTEST) < 0) {
            throw new IllegalArgumentException("a limit of " + limit.toNanos() / 1000 + " µs is shorter than what a"
                    + " machine takes to change between threads: say 5 ms or more");
        }
        return limit;
    }
}
