package io.forkloom.event;

/**
 * How far a task has come, in units of its own.
 *
 * @param total 0 where the task does not know it
 */
public record Progress(long done, long total) {
    public Progress {
        if (done < 0 || total < 0) {
            throw new IllegalArgumentException("progress(" + done + ", " + total + ") must not be negative");
        }
    }

    /** {@code 3 of 10}. */
    @Override
    public String toString() {
        return total == 0 ? Long.toString(done) : done + " of " + total;
    }
}
