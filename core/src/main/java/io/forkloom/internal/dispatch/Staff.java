package io.forkloom.internal.dispatch;

import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Who of the workers serves, and how many there are to be, as a state machine without threads.
 *
 * <pre>
 *    ready            enlist              due                 relieve: it has nothing to do,
 *   -------> spare ------------> serving ------> serving, due ------ and a spare is there ----> retired
 *                                   |                                                             ^
 *                                   +--------------- dismiss: idle for too long ------------------+
 *   any -- leave: condemned, or gone -->
 * </pre>
 *
 * At most {@link #target} workers serve, so no more tasks run at once, also while one is succeeded by another: it serves
 * until the other is ready, and the two change places between two tasks. A worker that is due and busy gets no more
 * tasks once a spare is there. Guarded by the dispatcher's lock, but for {@link #wanted}.
 *
 * @param <W> what a worker is
 */
final class Staff<W> {
    private final Staffing staffing;
    private final ArrayDeque<W> spares = new ArrayDeque<>();
    private final Set<W> serving = new LinkedHashSet<>();
    /** Those of the serving that are to be followed by fresh ones, in order. */
    private final Set<W> due = new LinkedHashSet<>();

    private int target;
    private boolean frozen;
    /** Volatile: the supervisor asks without the lock. */
    private volatile int wanted;

    Staff(Staffing staffing) {
        this.staffing = staffing;
        this.target = staffing.least();
        reckon();
    }

    /** How many workers there are to be. */
    int wanted() {
        return wanted;
    }

    /** How many of them are to serve. */
    int target() {
        return target;
    }

    int spares() {
        return spares.size();
    }

    /** A worker is ready; it does not serve yet. */
    void ready(W worker) {
        spares.addLast(worker);
    }

    /** A worker is condemned or gone. */
    void leave(W worker) {
        spares.remove(worker);
        serving.remove(worker);
        due.remove(worker);
        reckon();
    }

    /** A worker that serves from now on, where one is missing and there is one. */
    Optional<W> enlist() {
        if (serving.size() >= target || spares.isEmpty()) {
            return Optional.empty();
        }
        var worker = spares.removeFirst();
        serving.add(worker);
        return Optional.of(worker);
    }

    /** The worker is to be followed by a fresh one; whether that is news. */
    boolean due(W worker) {
        boolean added = !frozen && serving.contains(worker) && due.add(worker);
        reckon();
        return added;
    }

    /** Whether the worker is to get nothing more, because who follows it is ready. */
    boolean isLeaving(W worker) {
        return !spares.isEmpty() && due.contains(worker);
    }

    /** A worker that ends now, since it is due and idle, and another one can take its place. */
    Optional<W> relieve(Predicate<W> idle) {
        if (spares.isEmpty() || due.isEmpty()) {
            return Optional.empty();
        }
        var worker = due.stream().filter(idle).findFirst();
        worker.ifPresent(this::leave);
        return worker;
    }

    /** One more is to serve, if all that are to serve do and there may be more; whether that is so. */
    boolean grow() {
        if (frozen || target >= staffing.most() || serving.size() < target) {
            return false;
        }
        target++;
        reckon();
        return true;
    }

    /** Whether fewer could serve. */
    boolean canShrink() {
        return !frozen && target > staffing.least();
    }

    /** One less is to serve: this one ends. */
    void dismiss(W worker) {
        target--;
        leave(worker);
    }

    /** From now on nobody is relieved or dismissed, and there are no more than there are. */
    void freeze() {
        frozen = true;
        due.clear();
        reckon();
    }

    private void reckon() {
        wanted = target + staffing.standby(!due.isEmpty());
    }
}
