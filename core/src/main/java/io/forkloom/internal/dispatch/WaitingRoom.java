package io.forkloom.internal.dispatch;

import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The tasks that no worker has, in order, bounded by count and bytes. Guarded by the dispatcher's lock. Tasks that come
 * back from a worker are put in front and need no room: they had it before.
 */
final class WaitingRoom<C> {
    private final int most;
    private final long mostBytes;
    private final ArrayDeque<QueuedTask<C>> tasks = new ArrayDeque<>();
    private long bytes;

    WaitingRoom(int most, long mostBytes) {
        this.most = most;
        this.mostBytes = mostBytes;
    }

    /** A task larger than the bound is let in when the room is empty, or it would wait for ever. */
    boolean hasRoomFor(QueuedTask<C> task) {
        return tasks.isEmpty() || (tasks.size() < most && bytes + task.bytes <= mostBytes);
    }

    void add(QueuedTask<C> task) {
        tasks.addLast(task);
        bytes += task.bytes;
    }

    /** In front of all others, in their order. */
    void putBack(List<QueuedTask<C>> returned) {
        for (var task : returned.reversed()) {
            tasks.addFirst(task);
            bytes += task.bytes;
        }
    }

    @Nullable
    QueuedTask<C> peek() {
        return tasks.peekFirst();
    }

    @Nullable
    QueuedTask<C> poll() {
        var task = tasks.pollFirst();
        if (task != null) {
            bytes -= task.bytes;
        }
        return task;
    }

    void remove(QueuedTask<C> task) {
        if (tasks.remove(task)) {
            bytes -= task.bytes;
        }
    }

    boolean isEmpty() {
        return tasks.isEmpty();
    }

    int size() {
        return tasks.size();
    }
}
