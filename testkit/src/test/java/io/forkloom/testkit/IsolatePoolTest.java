package io.forkloom.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.forkloom.IsolatePool;
import io.forkloom.Outcome.Cancelled;
import io.forkloom.SerialisationException;
import io.forkloom.TaskContext;
import io.forkloom.TaskPool;
import java.io.Serializable;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class IsolatePoolTest extends TaskPoolContract {
    private static final String LEFT = "io.forkloom.testkit.left";

    private static int counter;
    private static String loaded = "by nobody";

    record Point(int x, int y) implements Serializable {}

    @Override
    public TaskPool open(Setup setup) {
        return IsolatePool.open(
                c -> c.workers(setup.workers()).queue(setup.queue(), "64m").drain(setup.drain()));
    }

    private static int count() {
        return ++counter;
    }

    private static void load() {
        loaded = "once";
    }

    private static String loaded() {
        return loaded;
    }

    private static String place() throws ClassNotFoundException {
        var own = IsolatePoolTest.class.getClassLoader();
        assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(own);
        assertThat(Class.forName("io.forkloom.testkit.Work", false, own).getClassLoader())
                .isSameAs(own);
        assertThat(TaskContext.class.getClassLoader()).isNotSameAs(own);
        assertThat(IsolatePoolTest.class.getResource("IsolatePoolTest.class")).isNotNull();
        Thread.currentThread().setContextClassLoader(null);
        return IsolatePoolTest.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toString();
    }

    private static byte[] changed(byte[] bytes) {
        bytes[0]++;
        return bytes;
    }

    @Test
    @SuppressWarnings("ArrayEquals") // identity is what is tested
    void a_large_array_is_a_copy_in_each_direction() throws Exception {
        var bytes = new byte[1 << 20];
        var kept = new byte[1 << 20];
        try (var pool = open(1);
                var broadcast = pool.broadcast(kept)) {
            var result = pool.call(IsolatePoolTest::changed, bytes);
            assertThat(result).isNotSameAs(bytes);
            assertThat(result[0]).isEqualTo((byte) 1);
            assertThat(bytes[0]).isZero();
            for (int i = 1; i < 3; i++) {
                var other = pool.call(() -> changed(broadcast.value()));
                assertThat(other[0]).isEqualTo((byte) i); // the worker's own is one for all its tasks
                other[0] = 50;
            }
            assertThat(kept[0]).isZero();
        }
    }

    /** In a place that all class loaders share. */
    private static boolean leave() {
        System.getProperties().put(LEFT, new WeakReference<>(IsolatePoolTest.class.getClassLoader()));
        return true;
    }

    @Test
    void static_fields_are_the_workers_own() throws Exception {
        counter = 100;
        try (var gate = Gate.shut();
                var pool = open(2)) {
            var door = gate.door();
            var both =
                    List.of(pool.submit(() -> door.pass("a") + count()), pool.submit(() -> door.pass("b") + count()));
            gate.arrivals(2);
            gate.open();
            assertThat(both.get(0).join()).isEqualTo("a1");
            assertThat(both.get(1).join()).isEqualTo("b1");
            var counts = new ArrayList<Integer>();
            for (int i = 0; i < 10; i++) {
                counts.add(pool.call(IsolatePoolTest::count));
            }
            assertThat(counts).contains(2).allMatch(count -> count > 1 && count < 20);
        }
        assertThat(counter).isEqualTo(100);
    }

    @Test
    void objects_of_the_programs_classes_cross_as_copies() throws Exception {
        try (var pool = open(1)) {
            var point = new Point(3, 4);
            assertThat(pool.<Point, Point>call(each -> new Point(each.y(), each.x()), point))
                    .isEqualTo(new Point(4, 3));
            assertThat(pool.<Point>call(() -> point)).isEqualTo(point).isNotSameAs(point);
            assertThatThrownBy(() -> pool.call(Thread::getName, new Thread()))
                    .isInstanceOf(SerialisationException.class)
                    .hasMessageContaining("java.lang.Thread");
        }
    }

    @Test
    void a_class_knows_its_loader_its_place_and_its_resources() throws Exception {
        try (var pool = open(1)) {
            String place = IsolatePoolTest.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toString();
            assertThat(pool.call(IsolatePoolTest::place)).isEqualTo(place);
            assertThat(pool.call(IsolatePoolTest::place)).isEqualTo(place); // the context loader is set again
        }
    }

    @Test
    void the_successor_of_a_stopped_worker_has_fresh_classes() throws Exception {
        try (var gate = Gate.shut();
                var pool = open(1)) {
            assertThat(pool.call(IsolatePoolTest::count)).isEqualTo(1);
            assertThat(pool.call(IsolatePoolTest::count)).isEqualTo(2);
            var handle = pool.submit(Gate.Door::pass, gate.door());
            gate.arrivals(1);
            assertThat(handle.cancel("the test says so")).isTrue();
            assertThat(handle.await()).isInstanceOf(Cancelled.class);
            assertThat(pool.call(IsolatePoolTest::count)).isEqualTo(1);
        }
    }

    @Test
    void the_initialiser_runs_once_in_each_worker_before_its_first_task() throws Exception {
        try (var pool = IsolatePool.open(c -> c.workers(2).initializer(IsolatePoolTest::load))) {
            var seen = new HashSet<String>();
            for (int i = 0; i < 20; i++) {
                seen.add(pool.call(IsolatePoolTest::loaded));
            }
            assertThat(seen).containsExactly("once");
        }
        assertThat(loaded).isEqualTo("by nobody");
    }

    @Test
    void an_initialiser_that_throws_is_the_failure_of_the_task_and_tried_again() throws Exception {
        try (var pool = IsolatePool.open(c -> c.workers(1).initializer(() -> {
            if (System.getProperty("io.forkloom.testkit.fails") != null) {
                throw new IllegalStateException("no model");
            }
        }))) {
            System.setProperty("io.forkloom.testkit.fails", "yes");
            assertThatThrownBy(() -> pool.call(Work::square, 3)).hasMessageContaining("no model");
            System.clearProperty("io.forkloom.testkit.fails");
            assertThat(pool.call(Work::square, 3)).isEqualTo(9);
        }
    }

    @Test
    void the_classes_of_a_closed_pool_are_unloaded() throws Exception {
        try (var pool = open(1)) {
            assertThat(pool.<Boolean>call(IsolatePoolTest::leave)).isTrue();
        }
        var loader =
                (WeakReference<?>) Objects.requireNonNull(System.getProperties().remove(LEFT));
        while (loader.get() != null) {
            System.gc(); // the test's time-out is the bound
        }
        assertThat(loader.get()).isNull();
    }
}
