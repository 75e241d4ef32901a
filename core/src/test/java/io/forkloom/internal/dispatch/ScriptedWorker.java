package io.forkloom.internal.dispatch;

import io.forkloom.event.WorkerId;
import io.forkloom.internal.supervise.Pulse;
import io.forkloom.internal.supervise.Worker;
import java.util.ArrayList;
import java.util.List;

/** A worker without a thread: a test says how far it has come. */
final class ScriptedWorker implements Worker<String> {
    private final WorkerId id;
    final List<Long> given = new ArrayList<>();
    /** The last call that it has turned to, and the last that it has finished. */
    long turnedTo;

    long finished;

    private final long heap;

    ScriptedWorker(int slot, int generation) {
        this(slot, generation, 0);
    }

    /** @param heap bytes, for one that is larger than the others */
    ScriptedWorker(int slot, int generation, long heap) {
        this.id = new WorkerId(slot, generation);
        this.heap = heap;
    }

    @Override
    public long heap() {
        return heap;
    }

    @Override
    public WorkerId id() {
        return id;
    }

    @Override
    public void give(long ticket, String call) {
        given.add(ticket);
    }

    @Override
    public void flush() {}

    @Override
    public long withdraw(long next) {
        return given.stream().filter(ticket -> ticket > turnedTo).findFirst().orElse(next);
    }

    @Override
    public boolean canBeKilled() {
        return true;
    }

    @Override
    public long finished() {
        return finished;
    }

    @Override
    public Pulse pulse(long ticket) {
        return Pulse.NONE;
    }

    @Override
    public void interrupt(long ticket) {}

    @Override
    public void end(String reason, Manner manner) {}
}
