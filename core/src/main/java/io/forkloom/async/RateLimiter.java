package io.forkloom.async;

import io.forkloom.internal.scope.Scopes;
import io.forkloom.internal.time.Ticks;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Lets so many begin in a stretch of time: {@code RateLimiter.of(Rate.of(100, ofSeconds(1)))} one each 10 ms.
 *
 * <p><b>Waiting.</b> {@link #acquire} waits for its time, in turn; nothing else waits. Who waits has this limiter as its
 * blocker. What was let through is not given back: for how many are at it at the same time there is {@link Limiter}.
 *
 * <p><b>Threads.</b> All methods may be called from any thread.
 */
public final class RateLimiter {
    private final String name;
    private final Object lock = new Object();

    // Guarded by lock. The first of those who wait waits for the bucket, the others for their turn to be the first.
    private final TokenBucket bucket;
    private final Places<Place> line = new Places<>();
    private @Nullable Party first;

    private RateLimiter(String name, Rate rate) {
        this.name = name;
        this.bucket = new TokenBucket(rate, Ticks.now());
    }

    public static RateLimiter of(Rate rate) {
        return of("of its own", rate);
    }

    /** The name is for whoever looks at waiting threads. */
    public static RateLimiter of(String name, Rate rate) {
        return new RateLimiter(name, rate);
    }

    /** Waits until the next may begin. */
    public void acquire() throws InterruptedException {
        Scopes.check();
        var party = new Party();
        @Nullable Place place = null;
        synchronized (lock) {
            if (first != null) {
                place = new Place(party);
                line.add(place);
            } else if (bucket.take(Ticks.now())) {
                return;
            } else {
                first = party;
            }
        }
        if (place != null) {
            awaitTurn(place);
        }
        awaitToken();
    }

    /** Never waits; false if it is too early, or others wait. */
    public boolean tryAcquire() {
        synchronized (lock) {
            return first == null && bucket.take(Ticks.now());
        }
    }

    /** From now on at this rate, also for those who wait. */
    public void change(Rate rate) {
        synchronized (lock) {
            bucket.change(rate, Ticks.now());
            if (first != null) {
                first.wake();
            }
        }
    }

    /** {@code rate limiter api (100 in PT1S, 3 wait)}. */
    @Override
    public String toString() {
        synchronized (lock) {
            var rate = bucket.rate();
            return "rate limiter " + name + " (" + rate.events() + " in " + Ticks.words(rate.per()) + ", "
                    + (line.size() + (first == null ? 0 : 1)) + " wait)";
        }
    }

    private void awaitTurn(Place place) throws InterruptedException {
        try {
            place.party.await(this);
        } catch (InterruptedException interrupted) {
            synchronized (lock) {
                line.remove(place);
            }
            throw interrupted;
        }
    }

    /** As the first. Whatever comes of it, then another is. */
    private void awaitToken() throws InterruptedException {
        try {
            for (long left = takeOrLeft(); left > 0; left = takeOrLeft()) {
                LockSupport.parkNanos(this, left);
                if (Thread.interrupted()) {
                    throw Scopes.interruption();
                }
            }
        } finally {
            passTurn();
        }
    }

    private long takeOrLeft() {
        synchronized (lock) {
            long now = Ticks.now();
            return bucket.take(now) ? 0 : bucket.untilNext(now);
        }
    }

    private void passTurn() {
        synchronized (lock) {
            first = null;
            for (var next = line.poll(); next != null; next = line.poll()) {
                if (next.party.claim(next)) {
                    first = next.party;
                    first.wake();
                    return;
                }
            }
        }
    }
}
