package io.forkloom.internal.dispatch;

import io.forkloom.internal.supervise.Pulse;
import io.forkloom.internal.time.Ticks;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.LongStream;

/**
 * The clocks of a task and how far each may go: a plain object, told the time.
 *
 * @param waiting how long it may wait for a worker
 * @param running how long it may run; the task itself may extend it
 * @param silence how long it may run without telling of progress
 * @param soft when it is interrupted while it runs
 */
public record Limits(
        Optional<Duration> waiting, Optional<Duration> running, Optional<Duration> silence, Optional<Duration> soft) {
    public static final Limits NONE =
            new Limits(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /** Which clock has run out. */
    public enum Clock {
        RUNNING,
        SILENCE,
        SOFT
    }

    /** A clock that has run out, and where it stood then. */
    public record Lapse(Clock clock, Duration limit) {}

    /** What is to be done with a running task. */
    sealed interface Verdict {
        /** Nothing, for so many nanoseconds. */
        record Wait(long nanos) implements Verdict {}

        /** Nothing, for ever. */
        record Free() implements Verdict {}

        record Interrupt(Lapse lapse) implements Verdict {}

        record Stop(Lapse lapse) implements Verdict {}
    }

    /** When to look first at the clocks of a task that begins to run: in so many nanoseconds; empty for never. */
    OptionalLong first() {
        return running.isEmpty() && silence.isEmpty() && soft.isEmpty() ? OptionalLong.empty() : firstLook();
    }

    private OptionalLong firstLook() {
        return look(0, false, Pulse.NONE, 0) instanceof Verdict.Wait(long nanos)
                ? OptionalLong.of(nanos)
                : OptionalLong.empty();
    }

    /**
     * Looks at the clocks of a task that runs.
     *
     * @param interrupted whether its soft limit has been used
     */
    Verdict look(long turnedToAt, boolean interrupted, Pulse pulse, long now) {
        long heard = pulse.heard() == 0 ? turnedToAt : Math.max(turnedToAt, Math.min(pulse.heard(), now));
        var stopIn = left(running, pulse.extra(), turnedToAt, now);
        var silentIn = left(silence, 0, heard, now);
        var softIn = interrupted ? OptionalLong.empty() : left(soft, 0, turnedToAt, now);
        if (isOver(stopIn)) {
            long nanos = Ticks.of(running.orElseThrow()) + pulse.extra();
            return new Verdict.Stop(new Lapse(Clock.RUNNING, Duration.ofNanos(nanos)));
        }
        if (isOver(silentIn)) {
            return new Verdict.Stop(new Lapse(Clock.SILENCE, silence.orElseThrow()));
        }
        if (isOver(softIn)) {
            return new Verdict.Interrupt(new Lapse(Clock.SOFT, soft.orElseThrow()));
        }
        var next = LongStream.of(
                        stopIn.orElse(Long.MAX_VALUE), silentIn.orElse(Long.MAX_VALUE), softIn.orElse(Long.MAX_VALUE))
                .min()
                .getAsLong();
        return next == Long.MAX_VALUE ? new Verdict.Free() : new Verdict.Wait(next);
    }

    /** In nanoseconds, which cannot overflow: both limits are bounded by a good part of their range. */
    private static OptionalLong left(Optional<Duration> limit, long extra, long from, long now) {
        return limit.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Ticks.of(limit.get()) + extra - (now - from));
    }

    private static boolean isOver(OptionalLong left) {
        return left.isPresent() && left.getAsLong() <= 0;
    }
}
