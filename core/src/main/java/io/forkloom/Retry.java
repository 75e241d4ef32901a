package io.forkloom;

import io.forkloom.internal.dispatch.Retries;
import java.util.Optional;

/**
 * Whether a task that has cost its worker is started again: {@code Retry.onCrash(3)}. Only for tasks that may run twice: a
 * worker can die after all that a task does is done. Each attempt is told as an event, and the outcome of the last one
 * lists how those before ended. A task that was never started needs no retry: it only waits again, always.
 *
 * @param attempts how often the task is started at the most; a poison task costs so many workers, and no more
 * @param heap of the worker for attempts after one whose heap was full; see {@link #withHeap}
 */
public record Retry(int attempts, boolean afterCrash, boolean afterOutOfMemory, Optional<String> heap) {
    public static final Retry NEVER = new Retry(1, false, false, Optional.empty());

    public Retry {
        if (attempts < 1) {
            throw new IllegalArgumentException(attempts + " attempts: a task is started once at least");
        }
        if (heap.isPresent()) {
            var _ = Sizes.parse(heap.get());
        }
        if (heap.isPresent() && (!afterOutOfMemory || attempts < 2)) {
            throw new IllegalArgumentException(
                    "a larger heap is for a task that is started again when its worker ran out"
                            + " of memory: say Retry.onOutOfMemory(2).withHeap(\"" + heap.get() + "\")");
        }
    }

    /** After {@link Outcome.Crashed}. */
    public static Retry onCrash(int attempts) {
        return new Retry(attempts, true, false, Optional.empty());
    }

    /** After {@link Outcome.OutOfMemory}. */
    public static Retry onOutOfMemory(int attempts) {
        return new Retry(attempts, false, true, Optional.empty());
    }

    /** After both. */
    public static Retry onLostWorker(int attempts) {
        return new Retry(attempts, true, true, Optional.empty());
    }

    /**
     * Once the heap was too small for the task, it is started in a larger worker: {@code
     * Retry.onOutOfMemory(2).withHeap("2g")} runs each task in a worker like the others first, and those few that need more
     * once more in one with 2 GiB.
     *
     * <p>For this a pool of processes has one more worker, beyond those of its configuration, from the first such task on
     * until none is left; such tasks run there one after the other, and no others do. While one runs, one of the other
     * workers has nothing to do, so no more tasks run at once. It has the pool's options, its initialiser too, but for the
     * heap. Where it does not come up at two tries, the task ends as its last attempt did, and that is logged.
     *
     * <p>It is for heaps ({@link io.forkloom.event.MemoryKind#HEAP}, {@code COLLECTION}, {@code DIRECT}, and {@code UNKNOWN}).
     * A task whose worker ran out of metaspace, threads, or the memory of the machine, is started again in a worker like the
     * others.
     *
     * <p>{@link TaskPool#with} refuses a heap that is not larger than the workers' own, one that is more than the memory
     * there is beside them (on Linux), and one in a pool whose workers are threads: those have no heap of their own.
     */
    public Retry withHeap(String size) {
        return new Retry(attempts, afterCrash, afterOutOfMemory, Optional.of(size));
    }

    /** The same, in workers like the others. */
    Retry withoutHeap() {
        return new Retry(attempts, afterCrash, afterOutOfMemory, Optional.empty());
    }

    Retries retries() {
        long bytes = heap.isPresent() ? Sizes.parse(heap.get()) : 0;
        return new Retries(attempts, afterCrash, afterOutOfMemory, bytes);
    }
}
