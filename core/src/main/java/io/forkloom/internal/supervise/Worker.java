package io.forkloom.internal.supervise;

import io.forkloom.event.WorkerId;

/**
 * Something that runs calls in the order in which they were given, one at a time, and answers each.
 *
 * @param <C> what a call looks like; opaque to whoever dispatches
 */
public interface Worker<C> {
    WorkerId id();

    /** Appends a call; never waits. Tickets grow. Takes effect with {@link #flush}. */
    void give(long ticket, C call);

    /** Sends what was given; never waits, and may be called by anybody at any time. */
    void flush();

    /**
     * Takes back every call that the worker has not turned to; exact, and possible when the worker is gone too.
     *
     * @param next a ticket above all that were given
     * @return the first ticket that was not started and now never will be
     */
    long withdraw(long next);

    /** Whether {@link #end} ends it whatever it does. */
    boolean canBeKilled();

    /**
     * Ends the worker: asks first where {@code gently}, else stops it. Does not wait. The first reason is kept.
     */
    void end(String reason, boolean gently);
}
