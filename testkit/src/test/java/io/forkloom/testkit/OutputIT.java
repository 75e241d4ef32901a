package io.forkloom.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.forkloom.Outcome.Crashed;
import io.forkloom.TaskOptions;
import io.forkloom.event.PoolEvent.WorkerPrinted;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

/** Whose is what a worker prints. */
class OutputIT extends FaultCase {
    static int say(String words) {
        System.out.println("out: " + words);
        System.err.println("err: " + words);
        return words.length();
    }

    static int sayAndHalt(String words) {
        int length = say(words);
        Runtime.getRuntime().halt(length);
        return length;
    }

    static int log(String words) {
        System.getLogger("test").log(System.Logger.Level.WARNING, words);
        Logger.getLogger("test").warning("util: " + words);
        return words.length();
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
                    .extracting(line -> line.task().orElseThrow() + " " + line.error() + " " + line.line())
                    .containsExactlyInAnyOrder(
                            "first false out: one",
                            "first true err: one",
                            "third false out: three",
                            "third true err: three");
            assertThat(lines).allMatch(line -> line.worker().toString().equals("0.1"));
        }
    }

    @Test
    void what_a_task_logs_arrives_as_what_it_prints() throws Exception {
        try (var pool = open(1);
                var probe = new EventProbe(pool)) {
            pool.with(TaskOptions.label("logging")).call(OutputIT::log, "careful");
            var lines = probe.await(WorkerPrinted.class, 2, line -> line.line().contains("careful"));
            assertThat(lines)
                    .allMatch(line -> line.task().orElseThrow().equals("logging"))
                    .anyMatch(line -> line.line().contains("util: careful"));
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
