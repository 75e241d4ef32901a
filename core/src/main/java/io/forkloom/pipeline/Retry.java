package io.forkloom.pipeline;

import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * How often a stage tries an item again. Half a policy: {@code thenFail}, {@code thenSkip} or {@code thenDeadLetter}
 * says what happens after the last attempt, and makes it an {@link OnError}.
 *
 * <p>An item that waits for its next attempt keeps its place in the stage: a stage whose items all wait takes no more.
 */
public final class Retry {
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    static final Retry NEVER = new Retry(0, Duration.ZERO, LONGEST_PAUSE, _ -> true);

    private final int times;
    private final Duration firstPause;
    private final Duration longestPause;
    private final Predicate<? super Throwable> condition;

    private Retry(int times, Duration firstPause, Duration longestPause, Predicate<? super Throwable> condition) {
        this.times = times;
        this.firstPause = firstPause;
        this.longestPause = longestPause;
        this.condition = condition;
    }

    static Retry times(int times, Duration firstPause) {
        if (times < 1) {
            throw new IllegalArgumentException("retry(" + times + ") would never retry: leave it out instead");
        }
        if (firstPause.isNegative()) {
            throw new IllegalArgumentException("a pause of " + firstPause + " is negative");
        }
        return new Retry(times, firstPause, LONGEST_PAUSE, _ -> true);
    }

    /** The pause doubles no further than this; 30 seconds if nothing is said. */
    public Retry pauseAtMost(Duration longest) {
        if (longest.isNegative()) {
            throw new IllegalArgumentException("a pause of " + longest + " is negative");
        }
        return new Retry(times, firstPause, longest, condition);
    }

    /**
     * Tries again only what this accepts; other errors are decided at once. In a {@code cpu} stage the error is what
     * {@code pool.call} threw, with the function's own exception as the cause of a {@code TaskFailedException}.
     */
    public Retry retryIf(Predicate<? super Throwable> accepted) {
        return new Retry(times, firstPause, longestPause, Objects.requireNonNull(accepted, "accepted"));
    }

    public OnError thenFail() {
        return new OnError(this, new OnError.Decision.Fail());
    }

    public OnError thenSkip() {
        return new OnError(this, new OnError.Decision.Skip());
    }

    public OnError thenDeadLetter(Consumer<? super DeadLetter> consumer) {
        return new OnError(this, new OnError.Decision.Deliver(Objects.requireNonNull(consumer, "consumer")));
    }

    /** Whether there is another attempt after this many. */
    boolean allows(Throwable error, int attempts) {
        return attempts <= times && condition.test(error);
    }

    /** How long to wait after this many attempts. */
    Duration pauseAfter(int attempts) {
        var pause = firstPause;
        // At most 62 doublings of a second reach any cap; without a bound a long row of attempts would overflow.
        for (int i = 1; i < attempts && pause.compareTo(longestPause) < 0 && !pause.isZero(); i++) {
            pause = pause.multipliedBy(2);
        }
        return pause.compareTo(longestPause) < 0 ? pause : longestPause;
    }
}
