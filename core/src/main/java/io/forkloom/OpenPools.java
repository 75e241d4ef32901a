package io.forkloom;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The pools of this program that are open: what somebody can look at. Touched when one is opened or closed, and by nothing else. */
final class OpenPools {
    private static final Set<DispatchedPool<?>> OPEN = ConcurrentHashMap.newKeySet();

    private OpenPools() {}

    static <P extends DispatchedPool<?>> P opened(P pool) {
        OPEN.add(pool);
        return pool;
    }

    static void closed(DispatchedPool<?> pool) {
        OPEN.remove(pool);
    }

    static List<DispatchedPool<?>> list() {
        return List.copyOf(OPEN);
    }
}
