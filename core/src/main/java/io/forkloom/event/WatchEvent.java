package io.forkloom.event;

import java.time.Duration;

/** What a watch over the virtual threads of a program has seen. */
public sealed interface WatchEvent {

    /** A virtual thread holds a carrier while all others wait. Told while it does, and once for each stack. */
    record Blocked(Culprit culprit) implements WatchEvent {}

    /**
     * The one that was told has let go, or the others run again.
     *
     * @param culprit with the time for which it has held its carrier
     */
    record Freed(Culprit culprit) implements WatchEvent {}

    /** Virtual threads had to wait for longer than the limit, and no single one was to blame. */
    record Delayed(Cause cause, Duration lag) implements WatchEvent {}

    /** Why virtual threads were late when none of them held them up. */
    enum Cause {
        /** The garbage collector had stopped the program. */
        GARBAGE_COLLECTION,
        /** The machine gave the program no processor. */
        STARVED_MACHINE,
        /** Many virtual threads had a little to do each. */
        CROWD
    }
}
