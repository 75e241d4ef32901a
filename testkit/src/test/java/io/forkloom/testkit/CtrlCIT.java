package io.forkloom.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.forkloom.ProcessPool;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Ctrl-C, which a terminal sends to the program, its workers, and what their tasks have started, all at once. */
class CtrlCIT extends FaultCase {

    private static void interruptGroup(Process program) throws IOException, InterruptedException {
        int code = new ProcessBuilder("kill", "-INT", "--", "-" + program.pid())
                .start()
                .waitFor();
        assertThat(code).isZero();
    }

    private static String outputOf(Process program) throws IOException {
        return new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static void awaitNothingLeft(Process program) {
        while (!Leaks.workerProcesses(Long.toString(program.pid())).isEmpty()) {
            LockSupport.parkNanos(2_000_000); // a stranger's end has no event
        }
    }

    /** Uses its pool in the shutdown that Ctrl-C begins. */
    static final class Deciding {
        public static void main(String[] args) throws Exception {
            var door = new Gate.Door(args[0]);
            var pool = ProcessPool.open(c -> c.workers(2).heap("64m"));
            Runtime.getRuntime().addShutdownHook(new Thread(() -> finish(pool, door)));
            var running = pool.submit(Gate.Door::pass, door);
            pool.call(Gate.Door::pass, door);
            running.await();
            door.pass("main"); // for ever
        }

        private static void finish(ProcessPool pool, Gate.Door door) {
            try {
                System.out.println("3 * 3 = " + pool.call(Work::square, 3));
                door.knock("shutdown").close();
            } catch (InterruptedException | IOException e) {
                throw new IllegalStateException(e);
            }
            pool.close();
            var stats = pool.stats();
            System.out.println(stats.completed() + " completed by " + stats.started() + " workers");
        }
    }

    @Test
    void a_program_that_finishes_its_work_has_its_workers_to_the_end() throws Exception {
        try (var gate = Gate.shut()) {
            var program =
                    Programs.startAsAtATerminal(Deciding.class, gate.door().socket());
            var atWork = gate.arrivals(2);
            atWork.getFirst().release(); // one worker is free, the other in the middle of its task
            interruptGroup(program);
            assertThat(gate.arrivals(3).getLast().name()).isEqualTo("shutdown");
            gate.open();
            assertThat(outputOf(program)).isEqualTo("3 * 3 = 9\n3 completed by 2 workers\n");
            assertThat(program.waitFor()).isEqualTo(130);
            awaitNothingLeft(program);
        }
    }

    /** Leaves everything to the JVM; its worker's task has started a child. */
    static final class Careless {
        public static void main(String[] args) throws Exception {
            var pool = ProcessPool.open(c -> c.workers(2).heap("64m"));
            System.out.println(pool.call(ParentIT::sleepAndWait, new Gate.Door(args[0])));
        }
    }

    @Test
    void a_program_that_does_nothing_about_it_ends_with_all_that_it_has_started() throws Exception {
        try (var gate = Gate.shut()) {
            var program =
                    Programs.startAsAtATerminal(Careless.class, gate.door().socket());
            var worker = gate.arrivals(2).getFirst();
            assertThat(Leaks.workerProcesses(Long.toString(program.pid()))).hasSize(3);
            interruptGroup(program);
            assertThat(program.waitFor()).isEqualTo(130);
            worker.awaitGone();
            awaitNothingLeft(program);
            assertThat(outputOf(program)).isEmpty();
        }
    }

    /** Says what becomes of a child that a task starts, when Ctrl-C reaches it. */
    static final class Asking {
        public static void main(String[] args) throws Exception {
            try (var pool = ProcessPool.open(c -> c.workers(1).heap("64m"))) {
                System.out.println(pool.call(CtrlCIT::interruptedChild, "kill -INT $$; echo alive"));
            }
        }
    }

    static String interruptedChild(String script) throws IOException, InterruptedException {
        var child = new ProcessBuilder("sh", "-c", script).start();
        return outputOf(child) + child.waitFor();
    }

    @Test
    void what_a_task_starts_dies_of_it() throws Exception {
        var program = Programs.startAsAtATerminal(Asking.class);
        assertThat(outputOf(program)).isEqualTo("130\n");
        assertThat(program.waitFor()).isZero();
    }
}
