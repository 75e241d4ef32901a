package io.forkloom.cli.crawl.fetch;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * What each host is asked for: so many requests at a time, with so much time between them, and less of both while it
 * is in trouble ({@link HostState}); and so many requests a second over all hosts. A host's name is that of
 * {@link io.forkloom.cli.crawl.source.WebAddress#host}.
 *
 * <p>Of hosts that nobody is at, the {@value #REMEMBERED} last ones are remembered.
 */
public final class Hosts {
    static final int REMEMBERED = 16_384;

    /** A host in use: somebody is at it, or waits for it. */
    private static final class Used {
        final HostState state;
        final Condition opening;
        int waiting;

        Used(HostState state, Condition opening) {
            this.state = state;
            this.opening = opening;
        }
    }

    private final Traffic traffic;
    private final LongSupplier clock;
    private final RequestRate rate;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    // Guarded by the lock.
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Used> used = new HashMap<>();
    private final LinkedHashMap<String, HostState> idle = new LinkedHashMap<>();
    /** Conditions cost as much as all the rest of a host: they are used again. */
    private final ArrayDeque<Condition> spare = new ArrayDeque<>();

    public Hosts(Traffic traffic) {
        this(traffic, System::nanoTime);
    }

    Hosts(Traffic traffic, LongSupplier clock) {
        this.traffic = traffic;
        this.clock = clock;
        this.rate = new RequestRate(traffic.rate(), clock.getAsLong());
    }

    /** A place at the host if there is one now. */
    public Optional<Place> tryEnter(String name) {
        lock.lock();
        try {
            long now = clock.getAsLong();
            return opensIn(name, now) > 0 ? Optional.empty() : Optional.of(new Place(name, use(name, now), now));
        } finally {
            lock.unlock();
        }
    }

    /** Waits for a place. Whoever holds one at a host must not wait for another: two of them might for each other. */
    public Place enter(String name) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            var host = use(name, clock.getAsLong());
            boolean entered = false;
            host.waiting++;
            try {
                long now = clock.getAsLong();
                for (long left = opensIn(host.state, now); left > 0; left = opensIn(host.state, now)) {
                    if (left == HostState.WHEN_SOMEBODY_LEAVES) {
                        host.opening.await();
                    } else {
                        var _ = host.opening.awaitNanos(left);
                    }
                    now = clock.getAsLong();
                }
                entered = true;
                var place = new Place(name, host, now);
                if (host.state.opensIn(now) != HostState.WHEN_SOMEBODY_LEAVES) {
                    // Somebody who waits for a leave need not any more: that one left long ago, in our favour.
                    host.opening.signal();
                }
                return place;
            } finally {
                host.waiting--;
                if (!entered) {
                    // The one that was to come in may have been this.
                    host.opening.signal();
                    retire(name, host);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Nanoseconds until {@link #tryEnter} may succeed again; 0 where it may now, {@code Long.MAX_VALUE} where somebody
     * has to leave before.
     */
    public long opensIn(String name) {
        lock.lock();
        try {
            return opensIn(name, clock.getAsLong());
        } finally {
            lock.unlock();
        }
    }

    /** Told, on the thread that leaves and without a lock, whenever a place was given back. */
    public void onLeave(Runnable listener) {
        listeners.add(listener);
    }

    /** What the host's robots.txt asks for. */
    void heed(String name, Duration delay) {
        lock.lock();
        try {
            var known = used.get(name);
            if (known != null) {
                known.state.heed(delay.toNanos());
            }
        } finally {
            lock.unlock();
        }
    }

    /** For a request that needs no place: it counts in the rate over all hosts. */
    void count() {
        lock.lock();
        try {
            rate.start(clock.getAsLong());
        } finally {
            lock.unlock();
        }
    }

    int known() {
        lock.lock();
        try {
            return used.size() + idle.size();
        } finally {
            lock.unlock();
        }
    }

    private long opensIn(HostState state, long now) {
        return Math.max(state.opensIn(now), rate.opensIn(now));
    }

    /** A host that is not known opens at once. */
    private long opensIn(String name, long now) {
        var host = used.get(name);
        var state = host != null ? host.state : idle.get(name);
        return state == null ? rate.opensIn(now) : opensIn(state, now);
    }

    private Used use(String name, long now) {
        var host = used.get(name);
        if (host == null) {
            var remembered = idle.remove(name);
            var state = remembered != null ? remembered : new HostState(traffic.perHost(), traffic.delay(), now);
            host = new Used(state, spare.isEmpty() ? lock.newCondition() : spare.pop());
            used.put(name, host);
        }
        return host;
    }

    /** Whoever was idle longest is forgotten. */
    private void retire(String name, Used host) {
        if (host.state.isIdle() && host.waiting == 0) {
            used.remove(name);
            spare.push(host.opening);
            idle.put(name, host.state);
            if (idle.size() > REMEMBERED) {
                idle.pollFirstEntry();
            }
        }
    }

    /** One request's place at a host. Used by one thread at a time; closing it twice is harmless. */
    public final class Place implements AutoCloseable {
        private final String name;
        private final Used host;
        private final long start;
        private boolean asked;
        private boolean left;

        /** Enters; under the lock. */
        private Place(String name, Used host, long now) {
            this.name = name;
            this.host = host;
            this.start = now;
            host.state.enter(now);
            rate.start(now);
        }

        /** Whose place this is. */
        public String host() {
            return name;
        }

        /** The server has answered; 429, 502, 503 and 504 say that it is in trouble. */
        public void answered(int status, Duration retryAfter) {
            lock.lock();
            try {
                asked = true;
                if (status == 429 || (status >= 502 && status <= 504)) {
                    host.state.trouble(start, clock.getAsLong(), retryAfter);
                } else if (status != 500) {
                    int before = host.state.places();
                    host.state.good();
                    if (host.state.places() > before) {
                        host.opening.signalAll();
                    }
                }
            } finally {
                lock.unlock();
            }
        }

        /** There was no answer. One that would be the same the next time says nothing of the host's state. */
        public void failed(boolean passing) {
            lock.lock();
            try {
                asked = true;
                if (passing) {
                    host.state.trouble(start, clock.getAsLong(), Duration.ZERO);
                }
            } finally {
                lock.unlock();
            }
        }

        /** Gives the place back. Where neither an answer nor a failure was told, nothing was asked. */
        @Override
        public void close() {
            lock.lock();
            try {
                if (left) {
                    return;
                }
                left = true;
                host.state.leave(start, asked);
                host.opening.signal();
                retire(name, host);
            } finally {
                lock.unlock();
            }
            listeners.forEach(Runnable::run);
        }
    }
}
