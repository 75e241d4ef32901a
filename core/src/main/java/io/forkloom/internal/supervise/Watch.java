package io.forkloom.internal.supervise;

import io.forkloom.event.MemoryKind;
import io.forkloom.internal.time.Alarms;
import io.forkloom.internal.time.Ticks;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** Looks at a worker's vitals once a second while it works, and not at all while it rests. */
final class Watch {
    private static final long SECOND = 1_000_000_000;

    /** A worker that is at a short task is not looked at. */
    private static final long SOON = 50_000_000; // 50 ms

    /** Between two looks at the memory of a worker that answers; a look takes about 0.05 ms. */
    private static final long MOMENT = 100_000_000; // 100 ms

    private final Vitals vitals;
    private final Evidence evidence;
    private final Alarms alarms;
    private final Consumer<MemoryKind> passed;
    private final AtomicBoolean watching = new AtomicBoolean();

    // Where they differ, the worker works.
    private volatile long given;
    private volatile long answered;

    private volatile boolean stopped;
    private long looked = Ticks.now() - MOMENT;

    /** @param passed told, once a second, when the worker has passed a limit */
    Watch(Vitals vitals, Evidence evidence, Alarms alarms, Consumer<MemoryKind> passed) {
        this.vitals = vitals;
        this.evidence = evidence;
        this.alarms = alarms;
        this.passed = passed;
    }

    /** As {@link #withdrawn}, under one lock of the caller's. */
    void given(long ticket) {
        given = ticket;
        begin();
    }

    /** From this ticket on, what was given was taken back. */
    void withdrawn(long first) {
        given = Math.min(given, first - 1);
    }

    void answered(long ticket) {
        answered = ticket;
    }

    /** The worker is at its end. */
    void stop() {
        stopped = true;
    }

    /** For the reader of answers alone: bytes of memory that the worker holds; 0 where it was looked at a moment ago. */
    long resident() {
        long now = Ticks.now();
        if (now - looked < MOMENT) {
            return 0;
        }
        looked = now;
        return vitals.resident();
    }

    private void begin() {
        if (!stopped && watching.compareAndSet(false, true)) {
            alarms.after(SOON, this::look);
        }
    }

    private void look() {
        if (stopped) {
            return;
        }
        if (given == answered) {
            vitals.restart();
            watching.set(false);
            if (given != answered) {
                begin(); // given just now, and it saw that we were watching
            }
            return;
        }
        try {
            evidence.alive();
            vitals.look().ifPresent(passed);
        } finally {
            alarms.after(SECOND, this::look);
        }
    }
}
