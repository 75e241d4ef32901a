package io.forkloom.watch;

import io.forkloom.event.Culprit;
import io.forkloom.internal.thread.Daemons;
import io.forkloom.internal.thread.Joins;
import io.forkloom.internal.time.Endurance;
import io.forkloom.internal.time.Ticks;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Watches over the virtual threads of this program, and names the function that holds them all up, while it does.
 *
 * <pre>{@code
 * try (var watch = Watch.open(c -> c.limit(ofMillis(50)).rescue(4))) {
 *     …   // WARNING: com.acme.Thumb.scale computed for 58 ms on virtual thread #42; send it to a pool
 * }
 * }</pre>
 *
 * <p><b>What it tells</b>, to the log {@code io.forkloom}, to the flight recorder and to listeners: each culprit once, by its
 * stack, when it is found and when it lets go. A program stopped by its garbage collector, or by a machine that has no
 * processor for it, is told apart, to listeners and the recorder, and nobody is blamed.
 *
 * <p><b>What it costs.</b> A platform thread that wakes up 10 times a second while no virtual thread runs, and 40 times
 * while some do. Nothing is asked of virtual threads until all carriers are in use.
 *
 * <p><b>Threads.</b> All methods may be called from any thread at any time. Nothing waits.
 */
public final class Watch implements AutoCloseable {
    private static final Endurance.Step<Watch, Watch> STEP = (watch, _) -> watch.step();

    private final Vigil vigil;
    private final Herald herald;
    private final Thread thread;
    private volatile boolean closed;

    // For the watch's thread alone.
    private long due;

    private Watch(WatchConfig config) {
        herald = new Herald("forkloom-watch", config.listeners);
        vigil = new Vigil(config, herald);
        vigil.prepare();
        due = Ticks.now() + Ticks.of(config.limit);
        thread = Daemons.named("forkloom-watch").start(this::run);
    }

    public static Watch open() {
        return open(config -> {});
    }

    /**
     * As configured. Takes some tens of milliseconds the first time, for the management of the JVM to be loaded.
     *
     * @throws IllegalStateException where there is a rescue already, or this Java has no module {@code jdk.management}
     */
    public static Watch open(Consumer<WatchConfig> configure) {
        var config = new WatchConfig();
        configure.accept(config);
        checkModule();
        return new Watch(config);
    }

    private static void checkModule() {
        if (ModuleLayer.boot().findModule("jdk.management").isEmpty()) {
            throw new IllegalStateException("virtual threads cannot be watched here: this Java has no module"
                    + " jdk.management; add it to the image");
        }
    }

    /**
     * For tests: fails at its end if a virtual thread has held its carrier for longer than this meanwhile.
     *
     * <pre>{@code
     * try (var _ = Watch.noBlocking(ofMillis(50))) {
     *     server.answer(request);
     * }
     * }</pre>
     *
     * <p>So that this does not depend on how many processors there are, all virtual threads of the program share one carrier
     * until the first culprit is caught. Nobody who held it for less is named; who held it for half as long again is named
     * for sure, unless the machine itself is starved. One at a time in a program.
     *
     * @throws IllegalStateException where another watch rescues, or there is another of these
     */
    public static NoBlocking noBlocking(Duration limit) {
        WatchConfig.checked(limit);
        return new NoBlocking(open(config -> {
            config.limit(limit);
            config.narrow = true;
        }));
    }

    /**
     * What this program waits for and computes now: pools, groups and their subtasks, carriers and who is on them. No watch need
     * be open. Waits for a fifth of a second at the most, where virtual threads are held up; takes some milliseconds, and some
     * 20 µs for each subtask that it is to tell of. For platform threads: a virtual one that asks may have to wait for its own
     * carrier.
     *
     * @param subtasks how many of each group to look at
     */
    public static Snapshot snapshot(int subtasks) throws InterruptedException {
        checkModule();
        return Snapshot.take(subtasks);
    }

    /** Those found so far, each with the longest time for which it was seen; the first thousand stacks. */
    public List<Culprit> culprits() {
        return vigil.culprits();
    }

    private void run() {
        try {
            while (!closed) {
                LockSupport.parkNanos(this, due - Ticks.now());
                if (!closed) {
                    Endurance.runOrReport(STEP, this, this);
                }
            }
        } finally {
            vigil.close();
            herald.close();
        }
    }

    private void step() {
        long now = Ticks.now();
        long pause = vigil.step(now, Math.max(0, now - due));
        due = Math.max(
                now + pause, Ticks.now()); // where a look took longer than the pause, the next one follows at once
    }

    /** Ends it, within some milliseconds, and restores the number of carriers. Closing twice is harmless. */
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
        if (!thread.equals(Thread.currentThread())) {
            Joins.untilEnded(thread);
        }
    }
}
