package io.forkloom.internal.supervise;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a worker tells, from its keeper thread unless said otherwise. */
public interface WorkerEvents<C> {
    void ready(Worker<C> worker, long pid, Duration after);

    /**
     * The end of a call.
     *
     * @param failed whether the payload is a failure instead of a value
     * @param nanos how long it ran, as the worker measured
     */
    record Answered(
            long ticket,
            boolean failed,
            long nanos,
            @Nullable Object payload) {}

    /** Calls have ended, in this order. */
    void answered(Worker<C> worker, List<Answered> answers);

    /**
     * A line of its output; from a thread of its own, and possibly late.
     *
     * @param ticket of the call that printed it, as far as known; else 0
     * @param error whether it came by standard error
     */
    void printed(Worker<C> worker, long ticket, boolean error, String line);

    /** What it runs, or was to run next when it ended, in words; empty for nothing. */
    Optional<String> at(Worker<C> worker);

    /** It has ended, or is about to, and will run nothing more; may be told more than once, and not by its keeper only. */
    void leaving(Worker<C> worker);

    /** The last word about a worker: it runs nothing any more, nor does any process that it started. */
    void gone(Worker<C> worker, Departure departure);
}
