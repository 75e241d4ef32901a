package io.forkloom.internal.flight;

import io.forkloom.event.PoolEvent;
import io.forkloom.event.PoolStats;
import java.util.function.Consumer;
import java.util.function.Supplier;
import jdk.jfr.FlightRecorder;
import org.jspecify.annotations.Nullable;

/**
 * Turns the events of one pool into those of the flight recorder; for any thread. To load the first event class costs
 * some 100 ms where nothing is recorded: so it is touched only when a recorder was made.
 */
public final class FlightLog implements Consumer<PoolEvent> {
    /** False in an image without the module jdk.jfr. */
    private static final boolean THERE =
            ModuleLayer.boot().findModule("jdk.jfr").isPresent();

    private final String pool;
    private final Supplier<PoolStats> stats;
    private volatile boolean closed;
    /** Under way where it is not null. */
    private volatile @Nullable FlightEvents events;

    /** @param stats asked for once a second while a recording runs, on a thread of the recorder's */
    public FlightLog(String pool, Supplier<PoolStats> stats) {
        this.pool = pool;
        this.stats = stats;
    }

    /** Whether a recorder may want something. */
    public boolean isOn() {
        return !closed && isRecorderThere();
    }

    @Override
    public void accept(PoolEvent event) {
        // That a worker is being started is told under the supervisor's lock, for which our look at the pool may wait.
        if (!(event instanceof PoolEvent.WorkerStarted) && isOn()) {
            events().tell(event);
        }
    }

    private FlightEvents events() {
        var begun = events;
        return begun == null ? begin() : begun;
    }

    private synchronized FlightEvents begin() {
        var begun = events;
        if (begun == null) {
            begun = new FlightEvents(pool, stats);
            events = begun;
        }
        return begun;
    }

    /** A last look at the pool, and no more. */
    public synchronized void close() {
        closed = true;
        var begun = events;
        if (begun != null) {
            begun.close();
        }
    }

    static boolean isRecorderThere() {
        return THERE && isRecorderMade();
    }

    /** In a method of its own, so that the class loads where the module is missing. */
    private static boolean isRecorderMade() {
        return FlightRecorder.isInitialized();
    }
}
