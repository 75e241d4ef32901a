package io.forkloom.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.forkloom.PoolView;
import io.forkloom.ThreadPool;
import io.forkloom.async.Channel;
import io.forkloom.async.GroupView;
import io.forkloom.async.SubtaskView;
import io.forkloom.async.TaskGroup;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SnapshotTest {
    @Test
    void it_has_the_open_pools_with_what_they_do() throws Exception {
        var begun = new CountDownLatch(1);
        var end = new CountDownLatch(1);
        try (var pool = ThreadPool.open(c -> c.name("thumbs of this test").workers(1))) {
            var running = pool.asExecutorService().submit(() -> {
                begun.countDown();
                end.await();
                return null;
            });
            begun.await();
            assertThat(Watch.snapshot(0).pools())
                    .filteredOn(each -> each.name().equals("thumbs of this test"))
                    .singleElement()
                    .satisfies(view -> {
                        assertThat(view.kind()).isEqualTo("ThreadPool");
                        assertThat(view.stats().running()).isEqualTo(1);
                    });
            end.countDown();
            running.get();
        }
        assertThat(Watch.snapshot(0).pools()).extracting(PoolView::name).doesNotContain("thumbs of this test");
    }

    @Test
    void it_has_the_open_groups_with_where_their_subtasks_are() throws Exception {
        var channel = Channel.<Integer>bounded(1);
        try (var group = TaskGroup.open("crawl of this test")) {
            group.fork("reader", channel::receive);
            SubtaskView reader = null;
            while (reader == null || reader.state() != SubtaskView.State.SUSPENDED) {
                reader = Watch.snapshot(5).groups().stream()
                        .filter(each -> each.name().equals("crawl of this test"))
                        .map(GroupView::subtasks)
                        .findFirst()
                        .orElseThrow()
                        .getFirst();
            }
            assertThat(reader.name()).isEqualTo("reader");
            channel.send(1);
            group.join();
        }
    }

    @Test
    void it_tells_who_is_on_a_carrier_by_the_name_of_the_subtask() throws Exception {
        var enough = new CountDownLatch(1);
        try (var group = TaskGroup.open("busy")) {
            group.fork("hog", () -> {
                while (enough.getCount() > 0) {
                    Thread.onSpinWait();
                }
                return null;
            });
            var running = Watch.snapshot(0).running();
            while (running.isEmpty()) {
                running = Watch.snapshot(0).running();
            }
            enough.countDown();
            assertThat(running).anySatisfy(each -> {
                assertThat(each.thread()).startsWith("busy/hog #");
                assertThat(each.where()).startsWith("io.forkloom.watch.SnapshotTest.");
            });
            group.join();
        }
    }
}
