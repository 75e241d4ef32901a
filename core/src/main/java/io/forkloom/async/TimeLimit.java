package io.forkloom.async;

import io.forkloom.internal.scope.Member;
import io.forkloom.internal.scope.Scope;
import io.forkloom.internal.scope.Scopes;
import io.forkloom.internal.time.Alarms;
import io.forkloom.internal.time.Ticks;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The scope of a body that has so much time; cancelled by an alarm. For one use. */
final class TimeLimit extends Scope {
    private final Duration limit;
    private final long nanos;
    private final Member member;

    private TimeLimit(Duration limit, long nanos, Member member) {
        super(member.innermost());
        this.limit = limit;
        this.nanos = nanos;
        this.member = member;
    }

    static TimeLimit of(Duration limit) {
        long nanos = Ticks.of(limit); // first: nothing is to be left behind where there is none
        return new TimeLimit(limit, nanos, Scopes.here());
    }

    /** What the body gave; null if the time was over, and it threw because of that. */
    <R extends @Nullable Object, X extends Exception> @Nullable Given<R> run(
            Timeouts.Body<? extends R, ? extends X> body) throws X {
        begin();
        member.enter(this);
        var alarm = Clock.ALARMS.after(nanos, this::expire);
        try {
            return new Given<>(body.run());
        } catch (Throwable e) {
            if (explains(e)) {
                return null;
            }
            throw e;
        } finally {
            alarm.cancel();
            end();
            member.leaveAll(this);
            Scopes.forgetIfOutside(member);
        }
    }

    /** A value; null is one too. */
    record Given<R extends @Nullable Object>(R value) {}

    private void expire() {
        cancel("it had " + Ticks.words(limit));
    }

    /** Where a scope around it is cancelled too, that one answers. */
    private boolean explains(Throwable error) {
        var around = parent();
        return reason() != null && (around == null || around.cancelled() == null) && Interruption.explains(error);
    }

    @Override
    protected List<Member> members() {
        return List.of(member);
    }

    /** One thread for all limits of the program, from the first one on. */
    private static final class Clock {
        static final Alarms ALARMS = new Alarms("forkloom-timeouts");
    }
}
