package io.forkloom.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.forkloom.IsolatePool;
import io.forkloom.Outcome.NotStarted;
import io.forkloom.PoolConfig;
import io.forkloom.ProcessPool;
import io.forkloom.TaskAction;
import io.forkloom.TaskContext;
import io.forkloom.TaskPool;
import io.forkloom.ThreadPool;
import io.forkloom.WorkerOutput;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What each worker makes once and keeps for its tasks. */
@Timeout(60)
class StateIT extends NothingLeft {
    private static final AtomicInteger MADE = new AtomicInteger();
    private static volatile String initialised = "not";

    /** Not serialisable, like most that is worth keeping. */
    static final class Model {
        private final String how = initialised;
        private int used;

        static Model load() {
            MADE.incrementAndGet();
            return new Model();
        }
    }

    record Dictionary(Map<String, String> words) {
        static Dictionary load() {
            return new Dictionary(Map.of("one", "eins"));
        }
    }

    enum Kind {
        THREADS,
        ISOLATES,
        PROCESSES;

        TaskPool open(Setup setup) {
            return switch (this) {
                case THREADS -> ThreadPool.open(setup::on);
                case ISOLATES -> IsolatePool.open(setup::on);
                case PROCESSES ->
                    ProcessPool.open(c -> {
                        c.heap("96m").output(WorkerOutput.DISCARD);
                        setup.on(c);
                    });
            };
        }
    }

    @FunctionalInterface
    interface Setup {
        void on(PoolConfig<?> config);
    }

    private static int use(int by) {
        var model = TaskContext.current().state(Model.class);
        model.used += by;
        return model.used;
    }

    private static String translate(String word) {
        return TaskContext.current().state(Dictionary.class).words().getOrDefault(word, word);
    }

    private static String how() {
        return TaskContext.current().state(Model.class).how;
    }

    private static String missing() {
        return TaskContext.current().state(Thread.class).getName();
    }

    @ParameterizedTest
    @EnumSource
    void each_worker_makes_its_state_once_and_tasks_find_it_by_type(Kind kind) throws Exception {
        try (var pool = kind.open(c -> c.workers(1).state(Model::load).state(Dictionary::load))) {
            for (int i = 1; i <= 5; i++) {
                assertThat(pool.call(StateIT::use, 1)).isEqualTo(i);
            }
            assertThat(pool.call(StateIT::translate, "one")).isEqualTo("eins");
            assertThatThrownBy(() -> pool.call(StateIT::missing))
                    .hasMessageContaining("worker 0.1 keeps no java.lang.Thread")
                    .hasMessageContaining(Model.class.getName())
                    .hasMessageContaining("c.state(Models::load)");
        }
    }

    @ParameterizedTest
    @EnumSource
    void workers_do_not_share_their_state(Kind kind) throws Exception {
        try (var gate = Gate.shut();
                var pool = kind.open(c -> c.workers(2).state(Model::load))) {
            var door = gate.door();
            var first = pool.submit(() -> door.pass("first") + use(1));
            var second = pool.submit(() -> door.pass("second") + use(1));
            gate.arrivals(2);
            gate.open();
            assertThat(first.join()).isEqualTo("first1");
            assertThat(second.join()).isEqualTo("second1");
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_pool_without_state_says_so(Kind kind) {
        try (var pool = kind.open(c -> c.workers(1))) {
            assertThatThrownBy(() -> pool.call(StateIT::how))
                    .hasMessageContaining("keeps no " + Model.class.getName() + ", only []");
        }
    }

    @Test
    void the_initialiser_comes_before_the_state() throws Exception {
        TaskAction initializer = () -> initialised = "by the initialiser";
        try (var pool = ProcessPool.open(c -> c.workers(1)
                .heap("96m")
                .output(WorkerOutput.DISCARD)
                .state(Model::load)
                .initializer(initializer))) {
            assertThat(pool.<String>call(StateIT::how)).isEqualTo("by the initialiser");
        }
        try (var pool = IsolatePool.open(c -> c.workers(1).state(Model::load).initializer(initializer))) {
            assertThat(pool.<String>call(StateIT::how)).isEqualTo("by the initialiser");
        }
        assertThat(initialised).isEqualTo("not");
    }

    @Test
    void a_state_that_cannot_be_made_breaks_a_pool_of_processes_and_fails_the_tasks_of_threads() throws Exception {
        try (var pool = ProcessPool.open(c -> c.workers(1)
                .heap("96m")
                .output(WorkerOutput.DISCARD)
                .restarts(1, Duration.ofSeconds(60))
                .state(() -> {
                    throw new IllegalStateException("no model");
                }))) {
            var outcome = pool.submit(Work::square, 2).await();
            assertThat(outcome).isInstanceOf(NotStarted.class);
            assertThat(((NotStarted<?>) outcome).reason()).contains("no model");
        }
        MADE.set(0);
        try (var pool = ThreadPool.open(c -> c.workers(1).state(() -> {
            if (MADE.incrementAndGet() == 1) {
                throw new IllegalStateException("no model");
            }
            return Model.load();
        }))) {
            assertThatThrownBy(() -> pool.call(Work::square, 2)).hasMessageContaining("no model");
            assertThat(pool.call(Work::square, 2)).isEqualTo(4);
        }
    }

    @Test
    void a_pool_without_threads_is_given_its_state() throws Exception {
        try (var pool = DirectPool.open().state(Dictionary.load())) {
            assertThat(pool.call(StateIT::translate, "one")).isEqualTo("eins");
        }
    }
}
