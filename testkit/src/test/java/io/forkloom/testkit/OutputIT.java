package io.forkloom.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.forkloom.Outcome.Crashed;
import io.forkloom.TaskHandle;
import io.forkloom.TaskOptions;
import io.forkloom.event.PoolEvent.WorkerPrinted;
import java.util.ArrayList;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

/** Whose is what a worker prints. */
class OutputIT extends FaultCase {
    static int say(String words) {
        System.out.println("out: " + words);
        System.err.println("err: " + words);
        return words.length();
    }

    static int print(String line) {
        System.out.println(line);
        return line.length();
    }

    static int sayAndHalt(String words) {
        int length = say(words);
        Runtime.getRuntime().halt(length);
        return length;
    }

    /** In each of the ways in which a program without a logging library speaks. */
    static int log(String words) {
        System.getLogger("test").log(System.Logger.Level.INFO, "system: " + words);
        Logger.getLogger("test").info("util: " + words);
        System.out.println("out: " + words);
        return words.length();
    }

    static int logFromAnotherThread(String words) throws InterruptedException {
        var other = Thread.ofPlatform().start(() -> log(words));
        other.join();
        return words.length();
    }

    static int logAndHalt(String words) {
        int length = log(words);
        Runtime.getRuntime().halt(length);
        return length;
    }

    @Test
    void a_line_arrives_with_the_worker_and_the_task_that_printed_it() throws Exception {
        try (var pool = open(1);
                var probe = new EventProbe(pool)) {
            pool.with(TaskOptions.label("first")).call(OutputIT::say, "one");
            pool.with(TaskOptions.label("silent")).call(Work::square, 2);
            pool.with(TaskOptions.label("third")).call(OutputIT::say, "three");
            var lines = probe.await(WorkerPrinted.class, 4);
            assertThat(lines)
                    .extracting(line ->
                            line.task().orElseThrow() + " " + line.label().orElseThrow())
                    .containsOnly("1 first", "3 third");
            assertThat(lines)
                    .extracting(line -> line.label().orElseThrow() + " " + line.error() + " " + line.line())
                    .containsExactlyInAnyOrder(
                            "first false out: one",
                            "first true err: one",
                            "third false out: three",
                            "third true err: three");
            assertThat(lines).allMatch(line -> line.worker().toString().equals("0.1"));
        }
    }

    /** As the loggers write it: worker, task, label, stream, and what stands behind the class and method. */
    private static String told(WorkerPrinted line) {
        return line.worker() + " " + line.task().orElse(0) + " " + line.label().orElse("nobody")
                + (line.error() ? " err " : " out ") + line.line();
    }

    private static void assertLogged(EventProbe probe, String words, String by) throws InterruptedException {
        assertThat(probe.await(WorkerPrinted.class, 3, line -> line.line().endsWith(": " + words)))
                .extracting(OutputIT::told)
                .containsExactlyInAnyOrder(
                        by + " err INFO: system: " + words,
                        by + " err INFO: util: " + words,
                        by + " out out: " + words);
    }

    @Test
    void what_a_task_logs_arrives_with_the_worker_and_the_task_that_logged_it() throws Exception {
        try (var pool = open(1);
                var probe = new EventProbe(pool)) {
            pool.call(Work::square, 2);
            pool.with(TaskOptions.label("first")).call(OutputIT::log, "careful");
            assertLogged(probe, "careful", "0.1 2 first");
            pool.with(TaskOptions.label("second")).call(OutputIT::logFromAnotherThread, "ready");
            assertLogged(probe, "ready", "0.1 3 second");
            assertThat(probe.events(WorkerPrinted.class))
                    .as("the line above each, with time, class and method")
                    .filteredOn(line -> line.line().contains("OutputIT log"))
                    .hasSize(4)
                    .allMatch(line -> line.task().isPresent());
        }
    }

    @Test
    void what_a_task_logged_before_it_crashed_arrives_with_that_task_and_worker() throws Exception {
        try (var pool = open(1);
                var probe = new EventProbe(pool)) {
            pool.call(OutputIT::log, "before");
            assertThat(pool.with(TaskOptions.label("last"))
                            .submit(OutputIT::logAndHalt, "farewell")
                            .await())
                    .isInstanceOf(Crashed.class);
            assertLogged(probe, "farewell", "0.1 2 last");
            pool.call(OutputIT::log, "again");
            assertLogged(probe, "again", "0.2 3 OutputIT::log");
        }
    }

    @Test
    void what_the_initialiser_logs_is_no_tasks() throws Exception {
        try (var gate = Gate.shut()) {
            var door = gate.door();
            try (var pool = open(
                            1,
                            c -> c.initializer(() -> {
                                door.pass("initialiser");
                                log("loading");
                            }));
                    var probe = new EventProbe(pool)) {
                gate.arrivals(1);
                gate.open();
                assertLogged(probe, "loading", "0.1 0 nobody");
                pool.call(OutputIT::log, "working");
                assertLogged(probe, "working", "0.1 1 OutputIT::log");
            }
        }
    }

    @Test
    void each_of_many_short_tasks_keeps_its_own_line() throws Exception {
        int many = 1000;
        try (var pool = open(2);
                var probe = new EventProbe(pool)) {
            var handles = new ArrayList<TaskHandle<Integer>>();
            for (int i = 1; i <= many; i++) {
                handles.add(pool.with(TaskOptions.label("task " + i)).submit(OutputIT::print, "line of task " + i));
            }
            for (var handle : handles) {
                handle.join();
            }
            assertThat(probe.await(WorkerPrinted.class, many))
                    .hasSize(many)
                    .allMatch(
                            line -> line.line().equals("line of " + line.label().orElse("nobody")))
                    .allMatch(line -> line.line().endsWith(" " + line.task().orElse(0)));
        }
    }

    @Test
    void a_crash_shows_the_words_of_its_own_task_only() throws Exception {
        try (var pool = open(1)) {
            pool.call(OutputIT::say, "of an earlier task");
            var crashed = (Crashed<?>) pool.submit(OutputIT::sayAndHalt, "last").await();
            assertThat(crashed.report().lastLines()).containsExactlyInAnyOrder("out: last", "err: last");
            pool.call(OutputIT::say, "of an earlier task");
            var silent = (Crashed<?>) pool.submit(Faults::halt, 3).await();
            assertThat(silent.report().lastLines()).isEmpty();
        }
    }
}
