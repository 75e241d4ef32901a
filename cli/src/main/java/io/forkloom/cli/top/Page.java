package io.forkloom.cli.top;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A snapshot as text, for a terminal of any width: what does not fit is cut off. */
final class Page {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final int NAME = 16; // characters

    private final List<String> lines = new ArrayList<>();
    private final int width;

    private Page(int width) {
        this.width = width;
    }

    static List<String> of(long pid, String json, int width) {
        var page = new Page(width);
        var snapshot = MAPPER.readTree(json);
        page.head(pid, snapshot);
        page.pools(snapshot.path("pools"));
        page.groups(snapshot.path("groups"));
        return List.copyOf(page.lines);
    }

    private void head(long pid, JsonNode snapshot) {
        boolean blocked = snapshot.path("blocked").asBoolean();
        add("process %d   lag %s%s ms   carriers %d in use of %d   ready virtual threads %d"
                .formatted(
                        pid,
                        blocked ? "more than " : "",
                        millis(snapshot.path("lag")),
                        snapshot.path("running").size(),
                        snapshot.path("carriers").asInt(),
                        snapshot.path("queued").asInt()));
        for (var running : snapshot.path("running")) {
            add("  on a carrier: " + text(running, "thread") + "  " + text(running, "where"));
        }
    }

    private void pools(JsonNode pools) {
        add("");
        if (pools.isEmpty()) {
            add("no pools");
            return;
        }
        add("%-16s %-12s %9s %7s %7s %10s %10s %8s %9s %9s"
                .formatted(
                        "POOL",
                        "KIND",
                        "WORKERS",
                        "QUEUE",
                        "RUNNING",
                        "COMPLETED",
                        "OTHERWISE",
                        "STARTED",
                        "WAIT p99",
                        "RUN p99"));
        for (var pool : pools) {
            long completed = pool.path("completed").asLong();
            long unfinished =
                    List.of("failed", "timedOut", "outOfMemory", "crashed", "cancelled", "notStarted").stream()
                            .mapToLong(each -> pool.path(each).asLong())
                            .sum();
            add("%-16s %-12s %9s %7d %7d %10d %10d %8d %9s %9s"
                    .formatted(
                            cut(text(pool, "name"), NAME),
                            text(pool, "kind"),
                            pool.path("ready").asInt() + "/"
                                    + pool.path("workers").asInt(),
                            pool.path("waiting").asInt(),
                            pool.path("running").asInt(),
                            completed,
                            unfinished,
                            pool.path("workersStarted").asLong(),
                            millis(pool.path("waited").path("p99")) + "ms",
                            millis(pool.path("ran").path("p99")) + "ms"));
        }
    }

    private void groups(JsonNode groups) {
        add("");
        if (groups.isEmpty()) {
            add("no groups");
            return;
        }
        for (var group : groups) {
            add("group %s of %s: %d running"
                    .formatted(
                            text(group, "name"),
                            text(group, "owner"),
                            group.path("running").asInt()));
            for (var subtask : group.path("subtasks")) {
                var waiting = text(subtask, "waitingFor");
                add("  %-16s %-9s %8s  %s%s"
                        .formatted(
                                cut(text(subtask, "name"), NAME),
                                text(subtask, "state").toLowerCase(Locale.ROOT),
                                seconds(subtask.path("age")),
                                text(subtask, "where"),
                                waiting.isEmpty() ? "" : "  waits " + waiting));
            }
        }
    }

    private static String text(JsonNode node, String name) {
        return node.path(name).asString("");
    }

    private static String millis(JsonNode node) {
        return String.format(Locale.ROOT, "%.1f", node.asDouble());
    }

    private static String seconds(JsonNode node) {
        return String.format(Locale.ROOT, "%.1f s", node.asDouble() / 1000);
    }

    private void add(String line) {
        // What others have named must not steer the terminal.
        lines.add(cut(line.replaceAll("\\p{Cntrl}", "?"), width));
    }

    private static String cut(String text, int characters) {
        return text.length() <= characters ? text : text.substring(0, characters - 1) + "…";
    }
}
