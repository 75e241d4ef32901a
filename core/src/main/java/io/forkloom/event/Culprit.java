package io.forkloom.event;

import java.time.Duration;
import java.util.List;

/**
 * A virtual thread that held its carrier, the platform thread that runs virtual threads, while others waited for one.
 *
 * @param function the user's function that was seen all the time: {@code com.acme.Thumb.scale}
 * @param thread its name, where it has one that is known, and its number: {@code crawl/3 #42}, {@code #42}
 * @param held for how long at least; more where it was seen again later
 * @param detail what it was at, where that is not its own code: a native method, what it waits for; may be empty
 * @param stack of the last look, innermost first, as {@code com.acme.Thumb.scale(Thumb.java:12)}
 */
public record Culprit(Kind kind, String function, String thread, Duration held, String detail, List<String> stack) {
    /** How it held the carrier. */
    public enum Kind {
        /** It ran Java code. */
        COMPUTING,
        /** It was in native code, at work or asleep: the JDK does not know which. */
        NATIVE,
        /** It waited, and could not leave its carrier: a class was being initialised, or a native frame was on its stack. */
        PINNED
    }

    public Culprit {
        stack = List.copyOf(stack);
    }

    /** The same, after this time. */
    public Culprit with(Duration longer) {
        return new Culprit(kind, function, thread, longer, detail, stack);
    }

    /** What happened, and what to do: {@code com.acme.Thumb.scale computed for 180 ms on a virtual thread; …}. */
    public String advice() {
        String at = detail.isEmpty() ? "" : " (" + detail + ")";
        String time = " for " + held.toMillis() + " ms on virtual thread " + thread;
        return switch (kind) {
            case COMPUTING -> function + " computed" + time + "; send it to a pool";
            case NATIVE ->
                function + " was in native code" + at + time + "; call it in a pool, or on a platform thread";
            case PINNED -> function + " waited without letting go of its carrier" + at + time + "; " + remedy();
        };
    }

    private String remedy() {
        return detail.contains("initialis")
                ? "initialise the class before, on a platform thread, or do not wait in its initialiser"
                : "do not wait below a native frame, or wait on a platform thread";
    }
}
