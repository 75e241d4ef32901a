package io.forkloom.internal.supervise;

import io.forkloom.event.WorkerId;

/**
 * Something that runs calls in the order in which they were given, one at a time, and answers each.
 *
 * @param <C> what a call looks like; opaque to whoever dispatches
 */
public interface Worker<C> {
    WorkerId id();

    /** Bytes of its heap, where it is larger than the others'; else 0. */
    default long heap() {
        return 0;
    }

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

    /** The last call that is over, though its answer may still be on the way; 0 for none. */
    long finished();

    /** What the call with this ticket has told of itself; nothing where the worker runs another one. */
    Pulse pulse(long ticket);

    /** Interrupts the call with this ticket if the worker runs it; does not wait. */
    void interrupt(long ticket);

    /**
     * Bytes of memory that it holds, when it has just answered; 0 where it was looked at a moment ago, or nobody can know.
     */
    default long resident() {
        return 0;
    }

    /** How to end a worker. */
    enum Manner {
        /** Asks it to. */
        ASK,
        /** Takes down what its threads do, for a moment at the most, then kills it. */
        WITNESS,
        KILL
    }

    /** Ends the worker; does not wait. The first reason is kept. */
    void end(String reason, Manner manner);
}
