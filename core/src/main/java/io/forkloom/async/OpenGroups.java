package io.forkloom.async;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** All groups of this program that are open, for those who look. */
final class OpenGroups {
    private static final Set<TaskGroup> OPEN = ConcurrentHashMap.newKeySet();

    private OpenGroups() {}

    static void add(TaskGroup group) {
        OPEN.add(group);
    }

    static void remove(TaskGroup group) {
        OPEN.remove(group);
    }

    static List<TaskGroup> list() {
        return List.copyOf(OPEN);
    }
}
