package io.forkloom.watch;

import io.forkloom.PoolView;
import io.forkloom.async.GroupView;
import io.forkloom.async.SubtaskView;
import io.forkloom.event.Histogram;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A snapshot as one line of JSON; times in milliseconds. */
final class SnapshotJson {
    private static final double MILLI = 1_000_000; // nanoseconds

    private SnapshotJson() {}

    static String of(Snapshot snapshot) {
        return object(
                pair("lag", millis(snapshot.lag())),
                pair("blocked", String.valueOf(snapshot.blocked())),
                pair("carriers", String.valueOf(snapshot.carriers())),
                pair("queued", String.valueOf(snapshot.queued())),
                pair("running", array(snapshot.running(), SnapshotJson::running)),
                pair("pools", array(snapshot.pools(), SnapshotJson::pool)),
                pair("groups", array(snapshot.groups(), SnapshotJson::group)));
    }

    private static String running(Snapshot.Running running) {
        return object(pair("thread", text(running.thread())), pair("where", text(running.where())));
    }

    private static String pool(PoolView pool) {
        var stats = pool.stats();
        return object(
                pair("name", text(pool.name())),
                pair("kind", text(pool.kind())),
                pair("workers", String.valueOf(stats.workers())),
                pair("ready", String.valueOf(stats.ready())),
                pair("spares", String.valueOf(stats.spares())),
                pair("waiting", String.valueOf(stats.waiting())),
                pair("running", String.valueOf(stats.running())),
                pair("submitted", String.valueOf(stats.submitted())),
                pair("completed", String.valueOf(stats.completed())),
                pair("failed", String.valueOf(stats.failed())),
                pair("timedOut", String.valueOf(stats.timedOut())),
                pair("outOfMemory", String.valueOf(stats.outOfMemory())),
                pair("crashed", String.valueOf(stats.crashed())),
                pair("cancelled", String.valueOf(stats.cancelled())),
                pair("notStarted", String.valueOf(stats.notStarted())),
                pair("workersStarted", String.valueOf(stats.started())),
                pair("waited", times(stats.times().waiting())),
                pair("ran", times(stats.times().running())));
    }

    private static String times(Histogram times) {
        return object(
                pair("p50", millis(times.percentile(50))),
                pair("p99", millis(times.percentile(99))),
                pair("max", millis(times.max())));
    }

    private static String group(GroupView group) {
        return object(
                pair("name", text(group.name())),
                pair("owner", text(group.owner())),
                pair("running", String.valueOf(group.running())),
                pair("subtasks", array(group.subtasks(), SnapshotJson::subtask)));
    }

    private static String subtask(SubtaskView subtask) {
        return object(
                pair("name", text(subtask.name())),
                pair("state", text(subtask.state().name())),
                pair("age", millis(subtask.age())),
                pair("where", text(subtask.where())),
                pair("waitingFor", text(subtask.waitingFor())));
    }

    private static String millis(Duration time) {
        return String.valueOf(time.toNanos() / 1000 * 1000 / MILLI);
    }

    private static String pair(String name, String value) {
        return '"' + name + "\":" + value;
    }

    private static String object(String... pairs) {
        return "{" + String.join(",", pairs) + "}";
    }

    private static <T> String array(List<T> items, Function<T, String> each) {
        return items.stream().map(each).collect(Collectors.joining(",", "[", "]"));
    }

    /** What others have named may hold anything. */
    static String text(String value) {
        var text = new StringBuilder("\"");
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                text.append('\\').append(c);
            } else if (c < ' ' || Character.isSurrogate(c)) {
                text.append("\\u").append(String.format("%04x", (int) c));
            } else {
                text.append(c);
            }
        }
        return text.append('"').toString();
    }
}
