package io.forkloom.internal.dispatch;

import io.forkloom.internal.supervise.Worker;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The place of one worker that is larger than the others, for tasks that have shown that they need it.
 *
 * <pre>
 *              want             ready                        dismiss: it is idle, and none waits that it can do
 *   nobody ----------> wanted ---------> there, one task after the other ------------------------------> retired
 *                                          |
 *                                          +-- leave: condemned, or gone -->
 * </pre>
 *
 * It is one more process, but never one more task at once: while it is at a task, one of the others has nothing to do. As
 * soon as it could begin one, nobody else begins anything until there is room for it; so it waits for the end of one task
 * of another at the most. Other tasks it does not get. Guarded by the dispatcher's lock, but for {@link #wantedHeap}.
 */
final class Annex<C> {
    private static final long MEBIBYTE = 1 << 20;

    private final Crew<C> crew;
    /** Tasks that may run at once. */
    private final int most;

    private @Nullable Load<C> load;
    /** Volatile: the supervisor asks without the lock. */
    private volatile long wantedHeap;

    Annex(Crew<C> crew, int most) {
        this.crew = crew;
        this.most = most;
    }

    /** Bytes of heap that it is to have, if it has to be started; 0 for nobody. */
    long wantedHeap() {
        return wantedHeap;
    }

    /** Tasks wait that need so much, or none does; whether there is to be a worker that was not to be before. */
    boolean want(long heap) {
        boolean more = heap > wantedHeap;
        wantedHeap = heap;
        return more;
    }

    void ready(Load<C> one) {
        load = one;
    }

    void leave(Worker<C> worker) {
        if (load != null && load.worker.equals(worker)) {
            load = null;
        }
    }

    /** Whether it is there for the next of its tasks, which waits only for the end of a task of another worker. */
    boolean isNext(@Nullable QueuedTask<C> first) {
        return canDo(first) && !isBusy();
    }

    /** Where the first of its tasks can run now; null where it has to wait. */
    @Nullable
    Load<C> placeFor(@Nullable QueuedTask<C> first) {
        return isNext(first) && crew.running() < most ? load : null;
    }

    /** Whether another worker that has nothing to do may get something. */
    boolean leavesRoom() {
        return !isBusy() || crew.running() < most;
    }

    /** Retires it where the next of its tasks, if any, is not for it. */
    void dismiss(@Nullable QueuedTask<C> first, After<C> after) {
        var one = load;
        if (one != null && !isBusy() && !canDo(first)) {
            load = null;
            crew.retire(one.worker);
            after.retire(one.worker, "no task waits that needs its heap of " + words(one.worker.heap()));
        }
    }

    private boolean isBusy() {
        return load != null && !load.tasks.isEmpty();
    }

    private boolean canDo(@Nullable QueuedTask<C> task) {
        return load != null && task != null && task.heap <= load.worker.heap();
    }

    static String words(long bytes) {
        return String.format(Locale.ROOT, "%,d MiB", bytes / MEBIBYTE);
    }
}
