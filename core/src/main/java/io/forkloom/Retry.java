package io.forkloom;

import io.forkloom.internal.dispatch.Retries;

/**
 * Whether a task that has cost its worker is started again: {@code Retry.onCrash(3)}. Only for tasks that may run twice: a
 * worker can die after all that a task does is done. Each attempt is told as an event, and the outcome of the last one
 * lists how those before ended. A task that was never started needs no retry: it only waits again, always.
 *
 * @param attempts how often the task is started at the most; a poison task costs so many workers, and no more
 */
public record Retry(int attempts, boolean afterCrash, boolean afterOutOfMemory) {
    public static final Retry NEVER = new Retry(1, false, false);

    public Retry {
        if (attempts < 1) {
            throw new IllegalArgumentException(attempts + " attempts: a task is started once at least");
        }
    }

    /** After {@link Outcome.Crashed}. */
    public static Retry onCrash(int attempts) {
        return new Retry(attempts, true, false);
    }

    /** After {@link Outcome.OutOfMemory}. */
    public static Retry onOutOfMemory(int attempts) {
        return new Retry(attempts, false, true);
    }

    /** After both. */
    public static Retry onLostWorker(int attempts) {
        return new Retry(attempts, true, true);
    }

    Retries retries() {
        return new Retries(attempts, afterCrash, afterOutOfMemory);
    }
}
