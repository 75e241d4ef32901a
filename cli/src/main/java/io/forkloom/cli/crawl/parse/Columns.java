package io.forkloom.cli.crawl.parse;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Columns by name, in the order of their coming, and no more than fit into a result. */
final class Columns {
    private final int most;
    private final Map<String, ColumnStats> byName = new LinkedHashMap<>();
    private boolean more;

    Columns(int most) {
        this.most = most;
    }

    /** Of this name; one that nobody looks at where there are too many. */
    ColumnStats named(String name) {
        var column = byName.get(name);
        if (column == null) {
            column = new ColumnStats(name);
            if (byName.size() < most) {
                byName.put(name, column);
            } else {
                more = true;
            }
        }
        return column;
    }

    boolean areEmpty() {
        return byName.isEmpty();
    }

    /** Whether some were left out. */
    boolean areMore() {
        return more;
    }

    List<Map<String, Object>> told() {
        return byName.values().stream().map(ColumnStats::told).toList();
    }
}
