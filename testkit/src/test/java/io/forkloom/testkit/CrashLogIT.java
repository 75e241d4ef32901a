package io.forkloom.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.forkloom.Outcome.Crashed;
import io.forkloom.TaskOptions;
import io.forkloom.event.PoolEvent.WorkerPrinted;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

/** What the JVM writes when it crashes, and what only looks like it. */
class CrashLogIT extends FaultCase {
    private static String forged(long pid) {
        return """
                #
                # A fatal error has been detected by the Java Runtime Environment:
                #
                #  SIGSEGV (0xb) at pc=0x00007f1158e364ad, pid=%d, tid=27046
                #
                forged to the end
                """.formatted(pid);
    }

    /** On both streams, as of another process: a compiler's log, say, which the task reports. */
    static int reportAnother(int ignored) {
        for (PrintStream stream : new PrintStream[] {System.out, System.err}) {
            stream.print(forged(ProcessHandle.current().pid() + 1));
            stream.println("and on it goes");
        }
        return ignored;
    }

    static String reportAnotherAndHalt(int code) {
        reportAnother(code);
        return Faults.halt(code);
    }

    static String forgeAndHalt(int code) {
        System.err.print(forged(ProcessHandle.current().pid()));
        System.err.println("and on it goes");
        return Faults.halt(code);
    }

    static String speakAndCrash(long address) {
        System.out.println("last words");
        System.err.println("last words");
        return Faults.nativeCrash(address);
    }

    @Test
    void a_log_of_another_process_hides_nothing_of_what_follows_it() throws Exception {
        try (var pool = open(1);
                var probe = new EventProbe(pool)) {
            pool.with(TaskOptions.label("reporter")).call(CrashLogIT::reportAnother, 0);
            var lines = probe.await(WorkerPrinted.class, 14);
            assertThat(lines).allMatch(line -> line.label().orElse("nobody").equals("reporter"));
            assertThat(lines)
                    .filteredOn(line -> line.line().equals("and on it goes"))
                    .hasSize(2);
            var crashed = (Crashed<?>)
                    pool.submit(CrashLogIT::reportAnotherAndHalt, 1).await();
            assertThat(crashed.exit().signal()).isEmpty();
            assertThat(crashed.report().crashLog()).isEmpty();
            assertThat(crashed.report().lastLines()).hasSize(14).contains("and on it goes");
        }
    }

    @Test
    void a_forged_log_is_output_where_the_worker_has_not_crashed() throws Exception {
        try (var pool = open(1);
                var probe = new EventProbe(pool)) {
            var halted = (Crashed<?>) pool.submit(CrashLogIT::forgeAndHalt, 7).await();
            assertThat(halted.exit().signal()).isEmpty();
            assertThat(halted.report().crashLog()).isEmpty();
            assertThat(halted.report().lastLines()).hasSize(7).endsWith("forged to the end", "and on it goes");
            assertThat(probe.await(WorkerPrinted.class, 7))
                    .extracting(WorkerPrinted::line)
                    .isEqualTo(halted.report().lastLines());
        }
    }

    @Test
    void a_real_log_is_evidence_and_no_output() throws Exception {
        try (var pool = open(1);
                var probe = new EventProbe(pool)) {
            var crashed =
                    (Crashed<?>) pool.submit(CrashLogIT::speakAndCrash, 0L).await();
            assertThat(crashed.exit().signal()).contains("SIGSEGV");
            assertThat(crashed.report().crashLog().orElseThrow())
                    .contains("SIGSEGV")
                    .contains("nativeCrash");
            assertThat(crashed.report().lastLines()).contains("last words").noneMatch(line -> line.startsWith("#"));
            assertThat(pool.call(Work::square, 3)).isEqualTo(9);
            assertThat(probe.events(WorkerPrinted.class))
                    .noneMatch(line -> line.line().startsWith("#"));
        }
    }
}
