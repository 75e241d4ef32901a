package io.forkloom.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.forkloom.PoolView;
import io.forkloom.async.GroupView;
import io.forkloom.async.SubtaskView;
import io.forkloom.event.PoolStats;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class SnapshotJsonTest {
    @Test
    void a_snapshot_is_one_line_with_times_in_milliseconds() {
        var subtask = new SubtaskView(
                "3", SubtaskView.State.SUSPENDED, "com.acme.A.b(A.java:1)", Duration.ofMillis(1500), "for room");
        var snapshot = new Snapshot(
                Duration.ofNanos(123_456),
                false,
                2,
                7,
                List.of(new Snapshot.Running("#42", "com.acme.Thumb.scale(Thumb.java:12)")),
                List.of(new PoolView("thumbs", "ProcessPool", PoolStats.NONE)),
                List.of(new GroupView("crawl", "main", 1, List.of(subtask))));

        assertThat(SnapshotJson.of(snapshot))
                .startsWith("{\"lag\":0.123,\"blocked\":false,\"carriers\":2,\"queued\":7,"
                        + "\"running\":[{\"thread\":\"#42\",\"where\":\"com.acme.Thumb.scale(Thumb.java:12)\"}],"
                        + "\"pools\":[{\"name\":\"thumbs\",\"kind\":\"ProcessPool\",\"workers\":0,")
                .endsWith(
                        "\"groups\":[{\"name\":\"crawl\",\"owner\":\"main\",\"running\":1,\"subtasks\":[{\"name\":\"3\","
                                + "\"state\":\"SUSPENDED\",\"age\":1500.0,\"where\":\"com.acme.A.b(A.java:1)\","
                                + "\"waitingFor\":\"for room\"}]}]}")
                .doesNotContain("\n");
    }

    @Test
    void names_may_hold_anything() {
        assertThat(SnapshotJson.text("a\"b\\c\nd\u0007ä\ud83d")).isEqualTo("\"a\\\"b\\\\c\\u000ad\\u0007ä\\ud83d\"");
    }
}
