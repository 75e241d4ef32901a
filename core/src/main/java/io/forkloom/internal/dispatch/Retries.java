package io.forkloom.internal.dispatch;

/**
 * Which ends of a task are followed by another attempt. A task that was not started needs none: it only waits again.
 *
 * @param attempts how often it is started at the most
 */
public record Retries(int attempts, boolean afterCrash, boolean afterOutOfMemory) {
    public static final Retries NONE = new Retries(1, false, false);

    boolean apply(Ending ending, int attempt) {
        return attempt < attempts
                && (ending instanceof Ending.Crashed
                        ? afterCrash
                        : ending instanceof Ending.OutOfMemory && afterOutOfMemory);
    }
}
