package io.forkloom.async;

import io.forkloom.internal.scope.Scopes;
import io.forkloom.internal.time.Ticks;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets so many do something at the same time, and no more; a semaphore that knows who has its permits, and since when.
 *
 * <pre>{@code
 * var connections = Limiter.of("connections", 20);
 * ...
 * try (var permit = connections.acquire("fetch " + url)) {
 *     return http.get(url);
 * }
 * }</pre>
 *
 * <p><b>Waiting.</b> {@code acquire} waits for a permit, in turn; nothing else waits. Who waits has this limiter as its
 * blocker, {@code for a permit of limiter connections (20 of 20 held, 3 wait)}.
 *
 * <p><b>Threads.</b> All methods may be called from any thread, and a permit may be given back by another than took it.
 *
 * <p>Where nobody asks who has the permits, or changes their number, {@link java.util.concurrent.Semaphore} is enough.
 */
public final class Limiter {
    private final String name;
    private final LongSupplier clock;
    private final Object lock = new Object();

    // Guarded by lock.
    private final Set<Permit> held = new LinkedHashSet<>(); // in the order of taking
    private final Places<Waiting> waiting = new Places<>();
    private int limit;
    private long acquired;
    private long waitedNanos;

    public static Limiter of(int limit) {
        return of("of " + limit, limit);
    }

    /** The name is for messages, and for whoever looks at waiting threads. */
    public static Limiter of(String name, int limit) {
        return new Limiter(name, limit, Ticks::now);
    }

    Limiter(String name, int limit, LongSupplier clock) {
        this.name = name;
        this.limit = checked(limit);
        this.clock = clock;
    }

    /** Waits for a permit; the borrower is called by the name of the thread. */
    public Permit acquire() throws InterruptedException {
        return acquire(Party.name(Thread.currentThread()));
    }

    /** Waits for a permit. */
    public Permit acquire(String borrower) throws InterruptedException {
        Scopes.check();
        Waiting place;
        synchronized (lock) {
            long now = clock.getAsLong();
            if (hasFree()) {
                return take(borrower, now, now);
            }
            place = new Waiting(new Party(), borrower, now);
            waiting.add(place);
        }
        try {
            place.party.await(place);
        } catch (InterruptedException interrupted) {
            synchronized (lock) {
                waiting.remove(place);
            }
            throw interrupted;
        }
        synchronized (lock) { // where it was served, the permit was made under the lock
            return Objects.requireNonNull(place.permit);
        }
    }

    /** Never waits; empty if none is free, or others wait. */
    public Optional<Permit> tryAcquire() {
        return tryAcquire(Party.name(Thread.currentThread()));
    }

    public Optional<Permit> tryAcquire(String borrower) {
        synchronized (lock) {
            long now = clock.getAsLong();
            return hasFree() ? Optional.of(take(borrower, now, now)) : Optional.empty();
        }
    }

    /** From now on so many: more are given at once to those who wait; fewer come about as permits are given back. */
    public void resize(int newLimit) {
        synchronized (lock) {
            limit = checked(newLimit);
            serve();
        }
    }

    public Stats stats() {
        synchronized (lock) {
            return new Stats(limit, held.size(), waiting.size(), acquired, Duration.ofNanos(waitedNanos));
        }
    }

    /** Who has permits, in the order in which they were taken. */
    public List<Borrower> borrowers() {
        synchronized (lock) {
            long now = clock.getAsLong();
            return held.stream()
                    .map(permit -> new Borrower(permit.borrower, Duration.ofNanos(now - permit.since)))
                    .toList();
        }
    }

    /** {@code limiter connections (20 of 20 held, 3 wait)}. */
    @Override
    public String toString() {
        var stats = stats();
        return "limiter " + name + " (" + stats.held + " of " + stats.limit + " held, " + stats.waiting + " wait)";
    }

    private void release(Permit permit) {
        synchronized (lock) {
            if (held.remove(permit)) {
                serve();
            }
        }
    }

    private void serve() {
        while (held.size() < limit) {
            var next = waiting.poll();
            if (next == null) {
                return;
            }
            if (next.party.claim(next)) {
                next.permit = take(next.borrower, next.since, clock.getAsLong());
                next.party.wake();
            }
        }
    }

    private boolean hasFree() {
        return held.size() < limit && waiting.isEmpty();
    }

    private Permit take(String borrower, long asked, long now) {
        var permit = new Permit(borrower, now);
        held.add(permit);
        acquired++;
        waitedNanos += now - asked;
        return permit;
    }

    private static int checked(int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("a limiter of " + limit + " would never give a permit");
        }
        return limit;
    }

    /** What somebody may do for as long as this is open. */
    public final class Permit implements AutoCloseable {
        private final String borrower;
        private final long since;

        private Permit(String borrower, long since) {
            this.borrower = borrower;
            this.since = since;
        }

        /** Gives it back, and the next who waits has it. Harmless where it was given back before. */
        @Override
        public void close() {
            release(this);
        }

        @Override
        public String toString() {
            return "permit for " + borrower + " of limiter " + name;
        }
    }

    /**
     * Who has a permit.
     *
     * @param name what was said when it was taken, or the name of the thread
     * @param held for how long by now
     */
    public record Borrower(String name, Duration held) {}

    /**
     * The counts of one moment.
     *
     * @param held permits; more than the limit where that was lowered since
     * @param waiting threads that wait for one
     * @param acquired permits that were ever taken
     * @param waited what those have waited who got one, added up
     */
    public record Stats(int limit, int held, int waiting, long acquired, Duration waited) {
        /** Over all that were ever taken, those included that were there at once. */
        public Duration meanWait() {
            return acquired == 0 ? Duration.ZERO : waited.dividedBy(acquired);
        }
    }

    private final class Waiting extends Place {
        private final String borrower;
        private final long since;
        private @Nullable Permit permit; // guarded by lock

        Waiting(Party party, String borrower, long since) {
            super(party);
            this.borrower = borrower;
            this.since = since;
        }

        @Override
        public String toString() {
            return "for a permit of " + Limiter.this;
        }
    }
}
