package io.forkloom.internal.dispatch;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * The tasks that no worker has, in order, bounded by count and bytes. Guarded by the dispatcher's lock. Tasks that come
 * back from a worker are put in front and need no room: they had it before.
 */
final class WaitingRoom<C> {
    private static final int USUAL = 1000;

    private final int most;
    private final long mostBytes;
    private final ArrayDeque<QueuedTask<C>> tasks;
    /** Those that only a larger worker can do; they have had their room before. */
    private final ArrayDeque<QueuedTask<C>> larger = new ArrayDeque<>();

    private long bytes;

    WaitingRoom(int most, long mostBytes) {
        this.most = most;
        this.mostBytes = mostBytes;
        this.tasks = new ArrayDeque<>(Math.min(most, USUAL)); // there before the heap is full
    }

    /** A task larger than the bound is let in when the room is empty, or it would wait for ever. */
    boolean hasRoomFor(QueuedTask<C> task) {
        return tasks.isEmpty() || (tasks.size() < most && bytes + task.bytes <= mostBytes);
    }

    void add(QueuedTask<C> task) {
        queueOf(task).addLast(task);
        bytes += task.bytes;
    }

    /** In front of all others: the last one first, so that they stand in their order. */
    void putBack(QueuedTask<C> returned) {
        queueOf(returned).addFirst(returned);
        bytes += returned.bytes;
    }

    private ArrayDeque<QueuedTask<C>> queueOf(QueuedTask<C> task) {
        return task.heap == 0 ? tasks : larger;
    }

    /** The next one that any worker can do. */
    @Nullable
    QueuedTask<C> peek() {
        return tasks.peekFirst();
    }

    /** The next one that only a larger worker can do. */
    @Nullable
    QueuedTask<C> peekLarger() {
        return larger.peekFirst();
    }

    /** Bytes of the heap with which one worker could do all that wait for a larger one; 0 where none does. */
    long largestHeap() {
        if (larger.isEmpty()) {
            return 0; // as ever but for a few pools, and asked at every deal
        }
        return larger.stream().mapToLong(task -> task.heap).max().orElse(0);
    }

    /** Of all. */
    @Nullable
    QueuedTask<C> poll() {
        var task = tasks.isEmpty() ? larger.peekFirst() : tasks.peekFirst();
        if (task != null) {
            remove(task);
        }
        return task;
    }

    void remove(QueuedTask<C> task) {
        if (queueOf(task).remove(task)) {
            bytes -= task.bytes;
        }
    }

    /** Whether there is none that any worker can do. */
    boolean isEmpty() {
        return tasks.isEmpty();
    }

    /** All. */
    int size() {
        return tasks.size() + larger.size();
    }
}
