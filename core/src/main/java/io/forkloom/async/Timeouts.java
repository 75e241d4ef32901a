package io.forkloom.async;

import io.forkloom.internal.scope.Scopes;
import io.forkloom.internal.scope.Shield;
import io.forkloom.internal.time.Ticks;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Time limits for whatever a thread waits for, and shields against them.
 *
 * <pre>{@code
 * var page = failAfter(ofSeconds(5), () -> pool.call(Pages::parse, http.get(url)));
 * var extra = moveOnAfter(ofMillis(200), () -> cache.find(url));      // empty if that took longer
 * }</pre>
 *
 * <p><b>When the time is over</b> the thread is interrupted, and every wait of this library that it comes to within the body
 * throws, also where it has swallowed the interrupt: groups that it has opened there are cancelled. A body that returns a
 * value all the same has one; a body that computes without waiting is not stopped: send it to a pool.
 *
 * <p><b>Nested limits</b> are told apart: only the one whose time is over answers for it, and the interrupt ends with it.
 *
 * <p><b>Threads.</b> For any thread, virtual or not; the body runs on the caller's. The clock is watched by one platform
 * thread of the program's, so that a limit is kept while all carriers compute. It is that thread which interrupts: what an
 * interrupt does to a channel of somebody else's ({@code implCloseChannel}) must not take long.
 */
public final class Timeouts {
    private Timeouts() {}

    /**
     * What is done within a limit.
     *
     * @param <R> what it gives
     * @param <X> what it throws
     */
    @FunctionalInterface
    public interface Body<R extends @Nullable Object, X extends Exception> {
        R run() throws X;
    }

    /**
     * Does this, for so long at the most.
     *
     * @throws TimeoutException if the time was over, and the body ended for no other reason
     */
    public static <R extends @Nullable Object, X extends Exception> R failAfter(
            Duration limit, Body<? extends R, ? extends X> body) throws X, TimeoutException {
        TimeLimit.Given<R> given = TimeLimit.of(limit).<R, X>run(body);
        if (given == null) {
            throw new TimeoutException("the body took longer than its limit of " + Ticks.words(limit));
        }
        return given.value();
    }

    /**
     * Does this, for so long at the most, and goes on.
     *
     * @return what it gave, which must not be null; empty if the time was over, and the body ended for no other reason
     */
    public static <R, X extends Exception> Optional<R> moveOnAfter(Duration limit, Body<? extends R, ? extends X> body)
            throws X {
        TimeLimit.Given<R> given = TimeLimit.of(limit).<R, X>run(body);
        return given == null ? Optional.empty() : Optional.of(given.value());
    }

    /**
     * For clean-up that must be done although the thread is cancelled: within, no limit and no group that was there before
     * interrupts it or makes its waits throw. What came meanwhile comes afterwards. Put a limit of its own inside.
     */
    public static <R extends @Nullable Object, X extends Exception> R shield(Body<? extends R, ? extends X> body)
            throws X {
        var member = Scopes.here();
        var shield = new Shield(member.innermost());
        member.enter(shield);
        boolean interrupted = Thread.interrupted(); // somebody else's: ours is gone already
        try {
            return body.run();
        } finally {
            member.leaveAll(shield);
            if (interrupted) {
                member.thread().interrupt();
            }
            Scopes.forgetIfOutside(member);
        }
    }
}
