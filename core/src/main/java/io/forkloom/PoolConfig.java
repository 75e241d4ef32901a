package io.forkloom;

import io.forkloom.internal.dispatch.Dispatcher;
import io.forkloom.internal.dispatch.Staffing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What pools of all kinds can be told when they are opened. Each method checks its argument at once.
 *
 * @param <S> the pool's own kind of configuration
 */
public abstract sealed class PoolConfig<S extends PoolConfig<S>>
        permits ProcessPoolConfig, IsolatePoolConfig, ThreadPoolConfig {
    String name = "forkloom";
    int workers = Runtime.getRuntime().availableProcessors();
    int queue = 256;
    long queueBytes = 64L << 20;
    Duration drain = Duration.ofSeconds(30);
    Duration grace = Duration.ofSeconds(2);
    ContextCarrier context = ContextCarrier.NONE;

    final List<Task<?>> states = new ArrayList<>();

    abstract S self();

    /** Stands in names of threads and in messages; "forkloom" if not set. */
    public S name(String value) {
        name = value;
        return self();
    }

    /**
     * How many tasks run at once; if not set, as many as there are processors for this JVM: those of the machine, or of
     * the quota of its container, rounded up (a quota of 1.5 processors makes 2 workers), or what
     * {@code -XX:ActiveProcessorCount} says.
     */
    public S workers(int value) {
        workers = positive("workers", value);
        return self();
    }

    /** Tasks that may wait, and the bytes that they may hold: {@code queue(256, "64m")}, the default. */
    public S queue(int tasks, String bytes) {
        queue = positive("queue", tasks);
        queueBytes = Sizes.parse(bytes);
        return self();
    }

    /** How long close() lets accepted tasks go on; 30 s if not set. */
    public S drain(Duration value) {
        drain = notNegative("drain", value);
        return self();
    }

    /** How long close() waits for workers that were asked to end before it kills them; 2 s if not set. */
    public S grace(Duration value) {
        grace = notNegative("grace", value);
        return self();
    }

    /** Takes what hangs on the submitter's thread to the task; nothing if not set. */
    public S context(ContextCarrier carrier) {
        context = carrier;
        return self();
    }

    /**
     * Makes what each worker keeps for its tasks, which find it by its type: {@code c.state(Models::load)}, and in a task
     * {@code TaskContext.current().state(Models.class)}. Runs once in each worker before its first task, after the
     * initialiser. It may be said several times, for several types. A worker process that cannot make its state has died at
     * its start; of a pool of threads the first task fails, and the next one tries it again.
     */
    public S state(Task<?> maker) {
        states.add(maker);
        return self();
    }

    /** What makes the state of each worker; first of all comes the carrier, which tasks of the worker need. */
    List<Task<?>> makers() {
        var all = new ArrayList<>(states);
        if (!(context instanceof ContextCarrier.None)) {
            all.addFirst(carrierItself(context));
        }
        return all;
    }

    private static Task<ContextCarrier> carrierItself(ContextCarrier carrier) {
        return () -> carrier;
    }

    Dispatcher.Settings settings() {
        return new Dispatcher.Settings(staffing(), queue, queueBytes, drain, grace);
    }

    Staffing staffing() {
        return Staffing.of(workers);
    }

    static int positive(String what, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(what + " must be at least 1, not " + value);
        }
        return value;
    }

    static Duration notNegative(String what, Duration value) {
        if (value.isNegative()) {
            throw new IllegalArgumentException(what + " must not be negative, as " + value + " is");
        }
        return value;
    }
}
