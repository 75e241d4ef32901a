package io.forkloom.internal.dispatch;

import io.forkloom.event.WorkerId;
import io.forkloom.internal.time.Alarms.Alarm;
import io.forkloom.internal.time.Ticks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One task that was accepted. Everything but the constants is guarded by the dispatcher's lock until {@link #ended} is
 * complete, and never changes after.
 *
 * @param <C> what a call looks like
 */
public final class QueuedTask<C> {
    final long bytes;
    final Limits limits;
    final Retries retries;
    final Pace pace;
    private final String label;
    private final CompletableFuture<Ending> ended = new CompletableFuture<>();

    @Nullable
    C call;

    long id;
    TaskState state = new TaskState.Waiting();

    /** Bytes of the larger worker that it needs, as an earlier attempt has shown; 0 for any worker. */
    long heap;

    @Nullable
    Load<C> load;

    long ticket;
    Optional<WorkerId> worker = Optional.empty();

    /** For the clocks of a task that runs. */
    @Nullable
    Alarm alarm;

    @Nullable
    Alarm waitAlarm;

    /** How often its deadline is looked at again because its answer seems to be on the way. */
    int patience = 50;

    /** The soft limit, where it was used. */
    Optional<Limits.Lapse> interrupted = Optional.empty();

    /** How earlier attempts ended. */
    final List<Ending> earlier = new ArrayList<>(0);

    /** Whether it was found out that its value cannot be read. */
    boolean unreadable;

    private @Nullable Watcher watcher;

    long acceptedAt;
    /** When a worker could turn to it; at the end equal to {@code endedAt} where none did. */
    long turnedToAt;

    long endedAt;
    /** How long it ran as its worker measured, in ns; negative where that said nothing. */
    long measured = -1;

    /** Wants to know of a failure before all others do. */
    public interface Watcher {
        /** On a thread of the pool: must be short. */
        void failed();
    }

    /** Not yet accepted. */
    public QueuedTask(C call, long bytes, String label, Limits limits, Retries retries, Pace pace) {
        this.call = call;
        this.bytes = bytes;
        this.label = label;
        this.limits = limits;
        this.retries = retries;
        this.pace = pace;
    }

    /** Before it is submitted. */
    public void watch(Watcher by) {
        watcher = by;
    }

    /** Tells how it ended. That it was cancelled is no failure: somebody wanted it. */
    void tell(Ending ending) {
        var told = watcher;
        watcher = null;
        try {
            boolean completed = ending instanceof Ending.Answered(boolean failed, var _) && !failed;
            if (told != null && !completed && !(ending instanceof Ending.Cancelled)) {
                told.failed();
            }
        } finally {
            ended.complete(ending);
        }
    }

    /** The worker has given it back: as if it had not had it. */
    void giveBack() {
        load = null;
        turnedToAt = 0;
        interrupted = Optional.empty();
        worker = Optional.empty();
        cancelAlarm();
        state = state.next(new TaskState.Event.Return());
    }

    /** Counts from 1. */
    int attempt() {
        return earlier.size() + 1;
    }

    void cancelAlarm() {
        if (alarm != null) {
            alarm.cancel();
            alarm = null;
        }
    }

    void cancelWaitAlarm() {
        if (waitAlarm != null) {
            waitAlarm.cancel();
            waitAlarm = null;
        }
    }

    /** Lets go of everything that only a task under way needs. */
    void end() {
        cancelAlarm();
        cancelWaitAlarm();
        endedAt = Ticks.now();
        if (turnedToAt == 0) { // never, or between two others whose answers came together with its own
            turnedToAt = measured < 0 ? endedAt : Math.max(acceptedAt, endedAt - measured);
        }
        call = null;
        load = null;
    }

    /** Completed once; what hangs on it runs on a thread of the pool and must be short. */
    public CompletableFuture<Ending> ended() {
        return ended;
    }

    String inWords() {
        return label + " (task " + id + (earlier.isEmpty() ? ")" : ", attempt " + attempt() + ")");
    }

    public String label() {
        return label;
    }

    /** Counts from 1 in a pool. */
    public long id() {
        return id;
    }

    /** The worker that had it last. */
    public Optional<WorkerId> worker() {
        return worker;
    }

    /** For people, and without the lock: it may tell what just was. */
    @Override
    public String toString() {
        var ending = ended.getNow(null);
        var state = ending != null ? Tally.name(ending) : turnedToAt == 0 ? "waiting" : "running";
        var at = state.equals("waiting") ? Optional.<WorkerId>empty() : worker;
        return "task" + (id == 0 ? "" : " " + id) + " (" + label + ") " + state
                + at.map(id -> " in worker " + id).orElse("");
    }

    public Duration waited() {
        return Duration.ofNanos(turnedToAt - acceptedAt);
    }

    public Duration ran() {
        return Duration.ofNanos(endedAt - turnedToAt);
    }

    /** How the attempts before the last one ended: crashes, and workers out of memory. */
    public List<Ending> earlier() {
        return earlier;
    }
}
