package io.forkloom.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.forkloom.Outcome;
import io.forkloom.ProcessPool;
import io.forkloom.ProcessPoolConfig;
import io.forkloom.TaskFunction;
import io.forkloom.TaskHandle;
import io.forkloom.WorkerOutput;
import io.forkloom.event.PoolEvent.WorkerReady;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.junit.jupiter.api.Timeout;

/** What tests of faults share: small pools, and the account of a fault. */
@Timeout(40)
abstract class FaultCase extends NothingLeft {
    static ProcessPool open(int workers) {
        return open(workers, c -> {});
    }

    static ProcessPool open(int workers, Consumer<ProcessPoolConfig> more) {
        return ProcessPool.open(c -> {
            c.workers(workers).heap("64m").output(WorkerOutput.DISCARD);
            more.accept(c);
        });
    }

    /** Waits until so many workers stand by. The event that a worker is ready comes just before. */
    static void awaitSpares(ProcessPool pool, int count) {
        while (pool.stats().spares() < count) {
            LockSupport.parkNanos(1_000_000); // nobody tells of it
        }
    }

    /**
     * Sends it; where it is to stop a process, waits until that has stopped: on a busy machine a thread of it may go on for
     * long enough to do a task.
     *
     * @param pid of a process, or of the leader of a group, negated
     */
    static void signal(String name, long pid) throws IOException, InterruptedException {
        int code = new ProcessBuilder("kill", "-" + name, "--", Long.toString(pid))
                .start()
                .waitFor();
        assertThat(code).isZero();
        while (name.equals("STOP") && !stateOf(pid).startsWith("T")) {
            LockSupport.parkNanos(1_000_000); // nobody tells of it
        }
    }

    /** One letter; behind the name, which may hold anything. */
    private static String stateOf(long pid) throws IOException {
        String words = Files.readString(Path.of("/proc/" + pid + "/stat"));
        return words.substring(words.lastIndexOf(')') + 1).strip();
    }

    /**
     * Runs the fault in a pool of two workers, with another task running and five behind; checks that it costs itself
     * and one worker only, and gives its outcome.
     */
    static <A, R> Outcome<R> costOfOneWorker(TaskFunction<A, R> fault, A argument, Consumer<ProcessPoolConfig> more)
            throws InterruptedException {
        try (var gate = Gate.shut();
                var pool = open(2, more);
                var probe = new EventProbe(pool)) {
            probe.await(WorkerReady.class, 2);
            var bystander = pool.submit(Gate.Door::pass, gate.door());
            gate.arrivals(1);
            var hit = pool.submit(fault, argument);
            var behind = new ArrayList<TaskHandle<Integer>>();
            for (int i = 0; i < 5; i++) {
                behind.add(pool.submit(Work::square, i));
            }
            var outcome = hit.await();
            for (int i = 0; i < 5; i++) {
                assertThat(behind.get(i).join()).isEqualTo(i * i);
            }
            probe.await(WorkerReady.class, 3);
            gate.open();
            assertThat(bystander.join()).isEqualTo("somebody");
            var stats = pool.stats();
            assertThat(stats.started()).isEqualTo(3);
            assertThat(stats.completed()).isEqualTo(6);
            assertThat(stats.ended()).isEqualTo(stats.submitted()).isEqualTo(7);
            return outcome;
        }
    }

    static <A, R> Outcome<R> costOfOneWorker(TaskFunction<A, R> fault, A argument) throws InterruptedException {
        return costOfOneWorker(fault, argument, c -> {});
    }
}
