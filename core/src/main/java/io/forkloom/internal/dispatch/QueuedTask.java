package io.forkloom.internal.dispatch;

import io.forkloom.event.WorkerId;
import io.forkloom.internal.time.Alarms.Alarm;
import io.forkloom.internal.time.Ticks;
import java.time.Duration;
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
    final Optional<Duration> deadline;
    final Pace pace;
    private final String label;
    private final CompletableFuture<Ending> ended = new CompletableFuture<>();

    @Nullable
    C call;

    long id;
    TaskState state = new TaskState.Waiting();

    @Nullable
    Load<C> load;

    long ticket;
    Optional<WorkerId> worker = Optional.empty();

    @Nullable
    Alarm alarm;

    long acceptedAt;
    /** When a worker could turn to it; equal to {@code endedAt} where none did. */
    long turnedToAt;

    long endedAt;

    /** Not yet accepted. */
    public QueuedTask(C call, long bytes, String label, Optional<Duration> deadline, Pace pace) {
        this.call = call;
        this.bytes = bytes;
        this.label = label;
        this.deadline = deadline;
        this.pace = pace;
    }

    void cancelAlarm() {
        if (alarm != null) {
            alarm.cancel();
            alarm = null;
        }
    }

    /** Lets go of everything that only a task under way needs. */
    void end() {
        cancelAlarm();
        endedAt = Ticks.now();
        turnedToAt = turnedToAt == 0 ? endedAt : turnedToAt;
        call = null;
        load = null;
    }

    /** Completed once; what hangs on it runs on a thread of the pool and must be short. */
    public CompletableFuture<Ending> ended() {
        return ended;
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

    public Optional<Duration> deadline() {
        return deadline;
    }
}
