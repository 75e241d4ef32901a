package io.forkloom.pipeline;

import io.forkloom.internal.time.Backoff;
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
    static final Retry NEVER = new Retry(0, Backoff.NONE, _ -> true);

    private final int times;
    private final Backoff backoff;
    private final Predicate<? super Throwable> condition;

    private Retry(int times, Backoff backoff, Predicate<? super Throwable> condition) {
        this.times = times;
        this.backoff = backoff;
        this.condition = condition;
    }

    static Retry times(int times, Duration firstPause) {
        if (times < 1) {
            throw new IllegalArgumentException("retry(" + times + ") would never retry: leave it out instead");
        }
        return new Retry(times, Backoff.from(firstPause), _ -> true);
    }

    /** The pause doubles no further than this; 30 seconds if nothing is said. */
    public Retry pauseAtMost(Duration longest) {
        return new Retry(times, new Backoff(backoff.first(), longest), condition);
    }

    /**
     * Tries again only what this accepts; other errors are decided at once. In a {@code cpu} stage the error is what
     * {@code pool.call} threw, with the function's own exception as the cause of a {@code TaskFailedException}.
     */
    public Retry retryIf(Predicate<? super Throwable> accepted) {
        return new Retry(times, backoff, Objects.requireNonNull(accepted, "accepted"));
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
        return backoff.after(attempts);
    }
}
