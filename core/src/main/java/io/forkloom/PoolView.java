package io.forkloom;

import io.forkloom.event.PoolStats;
import java.util.Comparator;
import java.util.List;

/**
 * A pool, as somebody outside sees it: a snapshot.
 *
 * @param kind the simple name of its class, {@code ProcessPool}
 */
public record PoolView(String name, String kind, PoolStats stats) {

    /** All pools of this program that are open, by their names; those that are closing too. Does not wait. */
    public static List<PoolView> all() {
        return OpenPools.list().stream()
                .map(DispatchedPool::view)
                .sorted(Comparator.comparing(PoolView::name).thenComparing(PoolView::kind))
                .toList();
    }
}
