package io.forkloom.pipeline;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * What becomes of an item when a stage throws: {@code retry(3, ofMillis(200)).thenDeadLetter(file::append)}.
 *
 * <p>A policy is asked for any {@code Throwable} of the stage's function, save in two cases: in a run that is being
 * cancelled it is neither tried again nor skipped nor dead, but cancelled; and a pool that is closed or broken fails
 * the run under any policy, since that is not the item's fault.
 *
 * <p>A {@link Pipeline#batch batch} is tried as a whole, and all its items share its fate; each of them is a dead letter.
 *
 * <p>A dead-letter consumer runs on the stage's thread, may block, and holds the item's place meanwhile. Within a run
 * only one runs at a time. If it throws, the run fails.
 *
 * <p>Immutable: one policy may serve many stages and runs.
 */
public final class OnError {
    private static final OnError FAIL = new OnError(Retry.NEVER, new Decision.Fail());
    private static final OnError SKIP = new OnError(Retry.NEVER, new Decision.Skip());

    private final Retry retry;
    private final Decision decision;

    OnError(Retry retry, Decision decision) {
        this.retry = retry;
        this.decision = decision;
    }

    /** The run fails with this error, and cancels what it has not finished. */
    public static OnError fail() {
        return FAIL;
    }

    /** The item is dropped and counted as skipped. */
    public static OnError skip() {
        return SKIP;
    }

    /** The item is handed to the consumer and counted as dead. */
    public static OnError deadLetter(Consumer<? super DeadLetter> consumer) {
        return Retry.NEVER.thenDeadLetter(consumer);
    }

    /** Up to this many more attempts, at once. */
    public static Retry retry(int times) {
        return retry(times, Duration.ZERO);
    }

    /** Up to this many more attempts, after a pause that doubles each time; see {@link Retry#pauseAtMost}. */
    public static Retry retry(int times, Duration firstPause) {
        return Retry.times(times, firstPause);
    }

    Retry retry() {
        return retry;
    }

    Decision decision() {
        return decision;
    }

    /** When there are no more attempts. */
    sealed interface Decision {
        record Fail() implements Decision {}

        record Skip() implements Decision {}

        record Deliver(Consumer<? super DeadLetter> consumer) implements Decision {}
    }
}
