package io.forkloom.internal.dispatch;

import io.forkloom.internal.supervise.Worker;
import io.forkloom.internal.time.Ticks;
import java.util.OptionalLong;

/**
 * Puts into effect what {@link Staff} and {@link Recycling} decide: who joins the crew, who retires from it, and whether
 * there are to be more. A plain object, guarded by the dispatcher's lock, but for {@link #wanted}.
 */
final class Posts<C> {
    private final Staffing staffing;
    private final Staff<Worker<C>> staff;
    private final Recycling recycling;
    private final Crew<C> crew;
    private final Annex<C> annex;
    /** Whether an alarm is set for the next look for idle workers. */
    private boolean looking;

    Posts(Staffing staffing, Recycling recycling) {
        this.staffing = staffing;
        this.staff = new Staff<>(staffing);
        this.recycling = recycling;
        this.crew = new Crew<>(staff::isLeaving);
        this.annex = new Annex<>(crew, staffing.most());
    }

    Crew<C> crew() {
        return crew;
    }

    Annex<C> annex() {
        return annex;
    }

    /** How many workers there are to be; may be asked without the lock. */
    int wanted() {
        return staff.wanted();
    }

    int target() {
        return staff.target();
    }

    int spares() {
        return staff.spares();
    }

    void ready(Worker<C> worker) {
        if (worker.heap() == 0) {
            staff.ready(worker);
        } else {
            long now = Ticks.now();
            annex.ready(crew.join(worker, recycling.begin(now), now));
        }
    }

    /** It is condemned or gone. */
    void leave(Worker<C> worker) {
        staff.leave(worker);
        annex.leave(worker);
    }

    void freeze() {
        staff.freeze();
    }

    /** A worker has finished a task. */
    void finished(Load<C> load, long resident, After<C> after) {
        if (!staffing.lifetime().isLimited() || load.isLarger()) {
            return;
        }
        switch (recycling.finished(load.service, resident, Ticks.now())) {
            case STAY -> {}
            case DUE -> due(load, after);
            case DUE_IN_VAIN -> {
                after.warn(recycling.warning());
                due(load, after);
            }
        }
    }

    private void due(Load<C> load, After<C> after) {
        if (staff.due(load.worker)) {
            after.missing();
        }
    }

    /** Spares take the places of those that are missing, and of those that are due and have nothing to do. */
    void man(After<C> after) {
        enlist(after);
        for (var leaving = staff.relieve(crew::isIdle); leaving.isPresent(); leaving = staff.relieve(crew::isIdle)) {
            var load = crew.retire(leaving.get());
            after.retire(load.worker, load.service.reason());
            enlist(after);
        }
    }

    private void enlist(After<C> after) {
        for (var worker = staff.enlist(); worker.isPresent(); worker = staff.enlist()) {
            long now = Ticks.now();
            crew.join(worker.get(), recycling.begin(now), now);
            after.missing(); // the spare, most often
        }
    }

    /** One more is to serve, if there may be more; whether there is somebody for it at once. */
    boolean grow(After<C> after) {
        if (!staff.grow()) {
            return false;
        }
        after.missing();
        enlist(after);
        return crew.hasIdle();
    }

    /** Sends those home that have had nothing to do for long, the longest first. */
    void dismissIdle(After<C> after) {
        looking = false;
        var load = crew.longestIdle();
        while (load != null && staff.canShrink() && idleFor(load) >= Ticks.of(staffing.idle())) {
            staff.dismiss(load.worker);
            crew.retire(load.worker);
            after.retire(load.worker, "it had nothing to do for " + Ticks.words(staffing.idle()));
            load = crew.longestIdle();
        }
    }

    /** In how many nanoseconds {@link #dismissIdle} is due; empty for never, or where that was told before. */
    OptionalLong lookForIdleIn() {
        if (looking || !staff.canShrink()) {
            return OptionalLong.empty();
        }
        var load = crew.longestIdle();
        if (load == null) {
            return OptionalLong.empty();
        }
        looking = true;
        return OptionalLong.of(Math.max(0, Ticks.of(staffing.idle()) - idleFor(load)));
    }

    private static long idleFor(Load<?> load) {
        return Ticks.now() - load.idleSince;
    }
}
