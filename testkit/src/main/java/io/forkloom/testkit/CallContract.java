package io.forkloom.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.forkloom.Outcome.Completed;
import io.forkloom.TaskOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Values go in and come out. */
public interface CallContract extends PoolUnderTest {

    @Test
    default void each_kind_of_task_gives_its_value() throws Exception {
        try (var pool = open(1)) {
            assertThat(pool.<Integer>call(() -> 6 * 7)).isEqualTo(42);
            assertThat(pool.call(Work::square, 12)).isEqualTo(144);
            assertThat(pool.call(Work::join, "fork", "loom")).isEqualTo("forkloom");
            assertThat(pool.<Integer>submit(() -> 6 * 7).join()).isEqualTo(42);
            assertThat(pool.submit(Work::square, 12).join()).isEqualTo(144);
            assertThat(pool.submit(Work::join, "fork", "loom").join()).isEqualTo("forkloom");
            assertThat(pool.trySubmit(Work::square, 5).orElseThrow().join()).isEqualTo(25);
            assertThat(pool.trySubmit(Work::label).orElseThrow().join()).isEqualTo("Work::label");
        }
    }

    @Test
    default void a_function_of_several_kinds_is_called_as_the_caller_meant_it() throws Exception {
        var all = new Work.OfAllKinds();
        try (var pool = open(1)) {
            assertThat(pool.<String>call(all)).isEqualTo("task");
            assertThat(pool.<String, String>call(all, "a")).isEqualTo("function of a");
            assertThat(pool.<String, String, String>call(all, "a", "b")).isEqualTo("function of a and b");
            assertThatThrownBy(() -> pool.run(all)).hasRootCauseMessage("action");
        }
    }

    @Test
    default void an_action_has_run_when_run_returns(@TempDir Path folder) throws Exception {
        String file = folder.resolve("made").toString();
        try (var pool = open(1)) {
            pool.run(() -> Files.createFile(Path.of(file)));
        }
        assertThat(folder.resolve("made")).exists();
    }

    @Test
    default void a_lambda_takes_along_what_it_captures() throws Exception {
        int factor = 3;
        var words = new ArrayList<>(List.of("a", "b"));
        String suffix = "!";
        try (var pool = open(1)) {
            assertThat(pool.<Integer, Integer>call(number -> number * factor, 14))
                    .isEqualTo(42);
            assertThat(pool.<String>call(() -> String.join("+", words) + suffix))
                    .isEqualTo("a+b!");
            words.add("c"); // the same lambda, another value: captured values travel with each call
            assertThat(pool.<String>call(() -> String.join("+", words) + suffix))
                    .isEqualTo("a+b+c!");
        }
    }

    @Test
    default void null_goes_in_and_comes_out() throws Exception {
        try (var pool = open(1)) {
            assertThat(pool.<@Nullable String, @Nullable String>call(Work::echo, null))
                    .isNull();
            var handle = pool.<@Nullable String, @Nullable String>submit(Work::echo, null);
            assertThat(handle.await()).isInstanceOf(Completed.class);
            assertThat(handle.join()).isNull();
            assertThat(handle.get()).isNull();
        }
    }

    @Test
    default void a_large_argument_and_result_come_through_whole() throws Exception {
        var bytes = new byte[3_000_001];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i * 31);
        }
        try (var pool = open(1)) {
            assertThat(pool.<byte[], byte[]>call(Work::echo, bytes)).isEqualTo(bytes);
            assertThat(pool.call(Work::count, 1_000_000)).hasSize(1_000_000).endsWith(999_998, 999_999);
        }
    }

    @Test
    default void a_view_names_its_tasks_and_closing_it_does_nothing() throws Exception {
        try (var pool = open(1)) {
            try (var view = pool.with(TaskOptions.label("page 7"))) {
                assertThat(view.submit(Work::square, 7).await().task().label()).isEqualTo("page 7");
                assertThat(view.workers()).isEqualTo(1);
                assertThat(view.canKill()).isEqualTo(pool.canKill());
            }
            assertThat(pool.call(Work::square, 7)).isEqualTo(49);
            assertThat(pool.submit(Work::square, 7).await().task().label()).isEqualTo("Work::square");
        }
    }

    @Test
    default void a_task_knows_its_worker_and_the_outcome_tells_which_it_was() throws Exception {
        try (var pool = open(2)) {
            var handle = pool.submit(Work::slot);
            var task = handle.await().task();
            assertThat(task.worker().orElseThrow().slot()).isEqualTo(handle.join());
            assertThat(task.id()).isEqualTo(1);
            assertThat(task.timing().waiting()).isPositive();
            assertThat(task.timing().running()).isPositive();
        }
    }

    @Test
    default void an_interrupt_that_a_task_leaves_behind_does_not_reach_the_next() throws Exception {
        try (var pool = open(1)) {
            assertThat(pool.<Boolean>call(Work::interruptYourself)).isTrue();
            assertThat(pool.<Boolean>call(Work::isInterrupted)).isFalse();
        }
    }

    @Test
    default void two_hundred_virtual_threads_make_fifty_calls_each() throws Exception {
        try (var pool = open(2);
                var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            var sums = new ArrayList<Future<Integer>>();
            for (int i = 0; i < 200; i++) {
                int caller = i;
                sums.add(callers.submit(() -> {
                    int right = 0;
                    for (int call = 0; call < 50; call++) {
                        right += pool.call(Work::square, caller + call) == (caller + call) * (caller + call) ? 1 : 0;
                    }
                    return right;
                }));
            }
            for (var sum : sums) {
                assertThat(sum.get()).isEqualTo(50);
            }
            assertThat(pool.stats().completed()).isEqualTo(10_000);
            assertThat(pool.stats().submitted()).isEqualTo(10_000);
        }
    }
}
