package io.forkloom.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.forkloom.Outcome;
import io.forkloom.Outcome.Crashed;
import io.forkloom.Outcome.OutOfMemory;
import io.forkloom.TaskHandle;
import io.forkloom.event.PoolEvent.WorkerReady;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

/** Workers that die at a task: each costs that task and itself, and says why. */
class ExitIT extends FaultCase {

    @Test
    void system_exit_ends_one_task_and_its_code_is_named() throws Exception {
        var crashed = (Crashed<?>) costOfOneWorker(Faults::exit, 137);
        assertThat(crashed.exit().code()).isEqualTo(137);
        assertThat(crashed.exit().announced()).isTrue();
        assertThat(crashed.exit().signal()).isEmpty();
        assertThat(crashed.toException())
                .hasMessageContaining("Faults::exit")
                .hasMessageContaining("ended with exit code 137");
    }

    @Test
    void halt_ends_one_task_and_its_code_is_named() throws Exception {
        var crashed = (Crashed<?>) costOfOneWorker(Faults::halt, 9);
        assertThat(crashed.exit().code()).isEqualTo(9);
        assertThat(crashed.exit().announced()).isFalse();
        assertThat(crashed.toException()).hasMessageContaining("exit code 9");
    }

    @Test
    void a_shutdown_hook_may_end_it_otherwise() throws Exception {
        var crashed = (Crashed<?>) costOfOneWorker(Faults::haltInShutdownHook, 55);
        assertThat(crashed.exit().code()).isEqualTo(55);
    }

    @Test
    void a_native_crash_names_the_signal_and_the_frame() throws Exception {
        var crashed = (Crashed<?>) costOfOneWorker(Faults::nativeCrash, 0L);
        assertThat(crashed.exit().signal()).contains("SIGSEGV");
        assertThat(crashed.report().crashLog().orElseThrow())
                .contains("SIGSEGV")
                .contains("in ")
                .contains("Faults.nativeCrash");
        assertThat(crashed.toException()).hasMessageContaining("SIGSEGV").hasMessageContaining("Faults::nativeCrash");
    }

    @Test
    void a_bus_error_names_the_signal() throws Exception {
        var crashed = (Crashed<?>) costOfOneWorker(Faults::raise, 7);
        assertThat(crashed.exit().signal()).contains("SIGBUS");
    }

    @Test
    void abort_names_the_signal() throws Exception {
        var crashed = (Crashed<?>) costOfOneWorker(Faults::raise, 6);
        assertThat(crashed.exit().code()).isEqualTo(134);
        assertThat(crashed.exit().signal()).contains("SIGABRT");
        assertThat(crashed.toException()).hasMessageContaining("SIGABRT");
    }

    @Test
    void a_worker_that_kills_itself_looks_like_one_that_was_killed() throws Exception {
        var crashed = (Crashed<?>) costOfOneWorker(Faults::raise, 9);
        assertThat(crashed.exit().signal()).contains("SIGKILL");
        assertThat(crashed.toException()).hasMessageContaining("137 (SIGKILL, or exit 137)");
    }

    @Test
    void the_last_words_of_a_worker_are_in_the_report() throws Exception {
        var crashed = (Crashed<?>) costOfOneWorker(ExitIT::speakAndDie, "farewell");
        assertThat(crashed.report().lastLines()).contains("farewell on stderr", "farewell on stdout");
        assertThat(crashed.toException()).hasMessageContaining("farewell on stderr");
    }

    static String speakAndDie(String word) {
        System.out.println(word + " on stdout");
        System.err.println(word + " on stderr");
        return Faults.halt(1);
    }

    @Test
    void a_full_heap_costs_one_task() throws Exception {
        assertOutOfMemory(costOfOneWorker(Faults::heapOutOfMemory, 1 << 20));
    }

    @Test
    void a_task_does_not_survive_a_full_heap_by_catching_the_error() throws Exception {
        assertOutOfMemory(costOfOneWorker(Faults::swallowOutOfMemory, 1 << 20));
    }

    @Test
    void a_request_beyond_any_heap_costs_one_task() throws Exception {
        assertOutOfMemory(costOfOneWorker(Faults::heapOutOfMemory, Integer.MAX_VALUE - 8));
    }

    @Test
    void exhausted_direct_memory_costs_one_task() throws Exception {
        assertOutOfMemory(
                costOfOneWorker(Faults::directOutOfMemory, 1 << 20, c -> c.jvmOptions("-XX:MaxDirectMemorySize=16m")));
    }

    @Test
    void an_exhausted_metaspace_costs_one_task() throws Exception {
        assertOutOfMemory(
                costOfOneWorker(Faults::metaspaceOutOfMemory, 500, c -> c.jvmOptions("-XX:MaxMetaspaceSize=24m")));
    }

    @Test
    void a_thread_that_cannot_be_created_costs_one_task() throws Exception {
        assertOutOfMemory(costOfOneWorker(Faults::threadOutOfMemory, 1 << 22));
    }

    private static void assertOutOfMemory(Outcome<?> outcome) {
        assertThat(outcome).isInstanceOf(OutOfMemory.class);
        assertThat(outcome.toException()).hasMessageContaining("memory");
    }

    @Test
    void an_argument_larger_than_the_workers_heap_costs_one_task() throws Exception {
        assertOutOfMemory(costOfOneWorker(ExitIT::length, new byte[100 << 20]));
    }

    static int length(byte[] bytes) {
        return bytes.length;
    }

    @Test
    void a_worker_that_dies_while_it_reads_its_arguments_costs_one_task() throws Exception {
        assertThat(costOfOneWorker(Faults::spring, Faults.trap("exit"))).isInstanceOf(Crashed.class);
        assertThat(costOfOneWorker(Faults::spring, Faults.trap("crash"))).isInstanceOf(Crashed.class);
    }

    @Test
    void a_worker_that_dies_while_it_writes_its_result_costs_one_task() throws Exception {
        assertThat(costOfOneWorker(Faults::thorn, "exit")).isInstanceOf(Crashed.class);
        assertThat(costOfOneWorker(Faults::thorn, "crash")).isInstanceOf(Crashed.class);
    }

    @Test
    void thirty_crashes_in_a_row_leave_descriptors_and_threads_flat() throws Exception {
        try (var pool = open(2);
                var probe = new EventProbe(pool)) {
            probe.await(WorkerReady.class, 2);
            int descriptors = Leaks.descriptors();
            int threads = Thread.activeCount();
            var handles = new ArrayList<TaskHandle<String>>();
            for (int i = 0; i < 30; i++) {
                handles.add(pool.submit(Faults::halt, i));
            }
            for (var handle : handles) {
                assertThat(handle.await()).isInstanceOf(Crashed.class);
            }
            probe.await(WorkerReady.class, 32);
            assertThat(Leaks.descriptors()).isLessThan(descriptors + 10);
            assertThat(Thread.activeCount()).isLessThan(threads + 10);
            assertThat(Leaks.workerProcesses()).hasSizeLessThan(6);
            assertThat(pool.stats().crashed()).isEqualTo(30);
            assertThat(pool.stats().started()).isEqualTo(32);
        }
    }
}
