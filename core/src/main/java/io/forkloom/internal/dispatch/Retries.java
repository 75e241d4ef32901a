package io.forkloom.internal.dispatch;

import io.forkloom.event.MemoryKind;

/**
 * Which ends of a task are followed by another attempt. A task that was not started needs none: it only waits again.
 *
 * @param attempts how often it is started at the most
 * @param heap bytes of the worker for attempts after one to whose end a heap was too small; 0 for a worker like the others
 */
public record Retries(int attempts, boolean afterCrash, boolean afterOutOfMemory, long heap) {
    public static final Retries NONE = new Retries(1, false, false, 0);

    boolean apply(Ending ending, int attempt) {
        return attempt < attempts
                && (ending instanceof Ending.Crashed
                        ? afterCrash
                        : ending instanceof Ending.OutOfMemory && afterOutOfMemory);
    }

    /** Bytes of the larger worker that the next attempt needs; 0 where a larger heap would not help. */
    long heapAfter(Ending ending) {
        return ending instanceof Ending.OutOfMemory(var kind, var _, var _) && isForHeap(kind) ? heap : 0;
    }

    /** The room for direct buffers grows with the heap; that for classes and threads does not, nor does any limit on all. */
    private static boolean isForHeap(MemoryKind kind) {
        return switch (kind) {
            case HEAP, COLLECTION, DIRECT, UNKNOWN -> true;
            case METASPACE, THREADS, RESIDENT, KERNEL -> false;
        };
    }
}
