package io.forkloom.pipeline;

/**
 * What a stage has done so far. An item is what the stage is given: behind {@link Pipeline#batch} that is a batch, and
 * {@code batch} itself counts the items that it has taken, and the batches that went on.
 *
 * @param in items that it has taken
 * @param out results that went on; in the last stage items that are done
 * @param busy items that are in its function now, or wait there for their next attempt
 * @param failed items that it gave up, after the last attempt
 * @param retried attempts beyond the first
 */
public record StageCounts(String name, long in, long out, long busy, long failed, long retried) {

    /** {@code fetch: 305 in, 300 out, 3 failed, 7 retried}; what did not happen is left out. */
    @Override
    public String toString() {
        return name + ": " + in + " in, " + out + " out" + Account.unlessNone(busy, "busy")
                + Account.unlessNone(failed, "failed") + Account.unlessNone(retried, "retried");
    }
}
