package io.forkloom.internal.supervise;

import io.forkloom.event.WorkerId;
import io.forkloom.internal.supervise.SlotState.Event;
import io.forkloom.internal.supervise.SlotState.Resting;
import io.forkloom.internal.supervise.SlotState.Serving;
import io.forkloom.internal.supervise.SlotState.Starting;
import io.forkloom.internal.supervise.SlotState.Vacant;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The slots of a pool, and what failures in them cost. The last one is for a worker with a larger heap than the others,
 * and its failures are its own. A plain object, told the time, guarded by the supervisor's lock.
 */
final class Slots {
    private final SlotState[] slots;
    private final int ordinary;
    private final RestartBudget budget;
    private RestartBudget budgetOfLarger;
    private long started;

    /**
     * A worker died for nothing.
     *
     * @param delay nanoseconds for which its slot rests; empty where it was one failure too many
     * @param larger whether it was the worker with a larger heap
     */
    record Failure(int slot, OptionalLong delay, boolean larger) {}

    /** @param count of workers like each other */
    Slots(int count, RestartBudget budget) {
        this.slots = new SlotState[count + 1];
        this.ordinary = count;
        this.budget = budget;
        this.budgetOfLarger = budget.forLarger();
        Arrays.fill(slots, new Vacant(0));
    }

    /** Workers started so far. */
    long started() {
        return started;
    }

    /**
     * The next ordinary worker to start, where fewer than wanted are there; empty where there is no slot for it either. A slot that
     * rests is not replaced by another, or there were no rest.
     */
    Optional<WorkerId> start(int wanted) {
        int accounted = 0;
        for (int slot = 0; slot < ordinary; slot++) {
            if (slots[slot].isManned() || slots[slot] instanceof Resting) {
                accounted++;
            }
        }
        for (int slot = 0; accounted < wanted && slot < ordinary; slot++) {
            if (slots[slot] instanceof Vacant) {
                return Optional.of(startAt(slot));
            }
        }
        return Optional.empty();
    }

    /** The worker with a larger heap, where there is none. */
    Optional<WorkerId> startLarger() {
        return slots[ordinary] instanceof Vacant ? Optional.of(startAt(ordinary)) : Optional.empty();
    }

    private WorkerId startAt(int slot) {
        step(slot, new Event.Start());
        started++;
        return new WorkerId(slot, slots[slot].generation());
    }

    /** Whether the worker is one of ours, still. */
    boolean ready(WorkerId id) {
        step(id.slot(), new Event.Ready(id.generation()));
        budget(id.slot()).ready();
        return slots[id.slot()] instanceof Serving(int generation) && generation == id.generation();
    }

    void retire(WorkerId id) {
        step(id.slot(), new Event.Retire(id.generation()));
    }

    void condemn(WorkerId id) {
        step(id.slot(), new Event.Condemned(id.generation()));
    }

    /** What a worker has died for. */
    enum Death {
        /** At a task, or after it had finished one. */
        AT_WORK,
        FOR_NOTHING,
        /** Before it was ready, because there was no room for it. */
        SHORTAGE
    }

    /** A worker was to be started, and there was no thread for it, or the like. */
    Failure notStarted(WorkerId id, Death death, long now) {
        step(id.slot(), new Event.Gone(id.generation()));
        return failed(id.slot(), startFailed(id.slot(), death, now));
    }

    private OptionalLong startFailed(int slot, Death death, long now) {
        return death == Death.SHORTAGE
                ? budget(slot).startHadNoRoom(now)
                : budget(slot).startFailed(now);
    }

    /** The failure that this end is, if it is one. */
    Optional<Failure> gone(WorkerId id, Death death, long now) {
        int slot = id.slot();
        var before = slots[slot];
        step(slot, new Event.Gone(id.generation()));
        // A condemned worker has left before, one that retires was asked to: else this one ended by itself, or its
        // keeper gave it up.
        if (before.equals(slots[slot]) || !before.isManned()) {
            return Optional.empty();
        }
        if (before instanceof Starting) {
            return Optional.of(failed(slot, startFailed(slot, death, now)));
        }
        return death == Death.AT_WORK
                ? Optional.empty()
                : Optional.of(failed(slot, budget(slot).idleDied(now)));
    }

    private Failure failed(int slot, OptionalLong delay) {
        if (delay.orElse(0) > 0) {
            step(slot, new Event.Rest());
        }
        return new Failure(slot, delay, slot == ordinary);
    }

    void rested(int slot) {
        step(slot, new Event.Rested());
    }

    /** A task came to its end in a worker. */
    void taskFinished() {
        budget.finished();
        budgetOfLarger.finished();
    }

    /** Whoever waited for a worker with a larger heap waits no longer; others may do so again. */
    String giveUpLarger() {
        String why = budgetOfLarger.toString();
        budgetOfLarger = budget.forLarger();
        return why;
    }

    void close() {
        for (int slot = 0; slot < slots.length; slot++) {
            step(slot, new Event.Close());
        }
    }

    /** How many failures there were, in words. */
    String failures() {
        return budget.toString();
    }

    private RestartBudget budget(int slot) {
        return slot == ordinary ? budgetOfLarger : budget;
    }

    private void step(int slot, Event event) {
        slots[slot] = slots[slot].next(event);
    }
}
