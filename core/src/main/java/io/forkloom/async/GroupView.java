package io.forkloom.async;

import io.forkloom.internal.time.Ticks;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A group, as somebody outside sees it: a snapshot.
 *
 * @param owner the name of the thread that opened it
 * @param running how many of its subtasks have not ended
 * @param subtasks the oldest of those that run, and some that have ended just now
 */
public record GroupView(String name, String owner, int running, List<SubtaskView> subtasks) {
    public GroupView {
        subtasks = List.copyOf(subtasks);
    }

    /**
     * All groups of this program that are open, the largest first. Does not wait, and holds up nothing for longer than it takes
     * to see where a thread is, some 20 µs for each subtask.
     *
     * @param subtasks how many of each group to look at
     */
    public static List<GroupView> all(int subtasks) {
        return OpenGroups.list().stream()
                .map(group -> of(group, subtasks))
                .sorted(Comparator.comparingInt(GroupView::running).reversed().thenComparing(GroupView::name))
                .toList();
    }

    /** The name of the subtask that runs on this virtual thread, {@code crawl/3}; empty where none does. */
    public static Optional<String> subtaskOn(long thread) {
        return OpenGroups.list().stream()
                .flatMap(group -> group.crew().list().stream())
                .map(subtask -> subtask.member().thread())
                .filter(candidate -> candidate.threadId() == thread)
                .map(Thread::getName)
                .findFirst();
    }

    private static GroupView of(TaskGroup group, int atMost) {
        var all = group.crew().list();
        long now = Ticks.now();
        int running = (int) all.stream().filter(each -> !each.hasEnded()).count();
        var seen = all.stream()
                .sorted(Comparator.comparing(Subtask::hasEnded)) // stable: the oldest first
                .limit(atMost)
                .map(each -> SubtaskView.of(each, now))
                .toList();
        return new GroupView(group.name(), threadName(group.owner()), running, seen);
    }

    /** A virtual thread need not have one. */
    static String threadName(Thread thread) {
        return thread.getName().isEmpty() ? "virtual thread " + thread.threadId() : thread.getName();
    }
}
