package io.forkloom.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.forkloom.Outcome.Cancelled;
import io.forkloom.Outcome.Completed;
import io.forkloom.Outcome.TimedOut;
import io.forkloom.TaskFunction;
import io.forkloom.TaskOptions;
import io.forkloom.async.Subtask;
import io.forkloom.async.TaskGroup;
import io.forkloom.event.PoolEvent.WorkerEnded;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Deadline and cancel stop what does not want to stop, and what it has started. */
class StopIT extends FaultCase {

    static Stream<Named<TaskFunction<Gate.Door, String>>> endless() {
        return Stream.of(
                Named.of("a loop", Faults::loop),
                Named.of("a counted loop without safepoint poll", Faults::countedLoop),
                Named.of("a native call", Faults::nativeLoop),
                Named.of("a class initialiser", Faults::loopInClassInitialiser),
                Named.of("a task that ignores interrupts", Faults::ignoreInterrupts),
                Named.of("a task that tells of itself for ever", Faults::printForEver));
    }

    @ParameterizedTest
    @MethodSource("endless")
    void the_deadline_ends(TaskFunction<Gate.Door, String> endless) throws Exception {
        try (var gate = Gate.shut();
                var pool = open(1)) {
            var late = pool.with(TaskOptions.deadline(Duration.ofSeconds(1))).submit(endless, gate.door());
            var behind = pool.submit(Work::square, 3);
            assertThat(late.await()).isInstanceOf(TimedOut.class);
            assertThat(behind.join()).isEqualTo(9);
            gate.arrivals(1).getFirst().awaitGone();
            assertThat(pool.stats().timedOut()).isEqualTo(1);
            assertThat(pool.stats().started()).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @MethodSource("endless")
    void cancel_ends(TaskFunction<Gate.Door, String> endless) throws Exception {
        try (var gate = Gate.shut();
                var pool = open(1);
                var probe = new EventProbe(pool)) {
            var running = pool.submit(endless, gate.door());
            var arrival = gate.arrivals(1).getFirst();
            assertThat(running.cancel("the test says so")).isTrue();
            assertThat(running.await()).isInstanceOf(Cancelled.class);
            arrival.awaitGone();
            assertThat(pool.call(Work::square, 3)).isEqualTo(9);
            var exit = probe.await(WorkerEnded.class, 1).getFirst().exit();
            assertThat(exit.reason().orElseThrow()).contains("was cancelled: the test says so");
        }
    }

    @Test
    void the_deadline_ends_a_worker_that_only_collects_garbage() throws Exception {
        try (var gate = Gate.shut();
                var pool = open(1)) {
            assertThat(pool.call(Faults::fillHeap, 4_000_000)).isEqualTo("full");
            var late = pool.with(TaskOptions.deadline(Duration.ofSeconds(1))).submit(Faults::litter, gate.door());
            var behind = pool.submit(Work::square, 3);
            assertThat(late.await()).isInstanceOf(TimedOut.class);
            gate.arrivals(1).getFirst().awaitGone();
            assertThat(behind.join()).isEqualTo(9);
        }
    }

    @Test
    void the_deadline_ends_a_worker_that_exits_within_its_exit() throws Exception {
        try (var pool = open(1)) {
            var late = pool.with(TaskOptions.deadline(Duration.ofSeconds(1))).submit(Faults::exitInShutdownHook, 1);
            var behind = pool.submit(Work::square, 3);
            assertThat(late.await()).isInstanceOf(TimedOut.class);
            assertThat(behind.join()).isEqualTo(9);
        }
    }

    @Test
    void closing_a_group_of_a_thousand_calls_stops_every_one() throws Exception {
        try (var gate = Gate.shut();
                var pool = open(2)) {
            var door = gate.door();
            var calls = new ArrayList<Subtask<String>>();
            try (var group = TaskGroup.open()) {
                for (int i = 0; i < 1_000; i++) {
                    calls.add(group.fork(() -> pool.call(Gate.Door::pass, door)));
                }
                gate.arrivals(2);
            }
            for (var arrival : gate.arrivals(2)) {
                arrival.awaitGone();
            }
            assertThat(calls).allMatch(call -> call.state() == Subtask.State.CANCELLED);
            var stats = pool.stats();
            assertThat(stats.cancelled()).isEqualTo(stats.submitted()).isPositive();
            assertThat(pool.call(Work::square, 3)).isEqualTo(9);
        }
    }

    static Stream<Named<TaskFunction<Gate.Door, String>>> parents() {
        return Stream.of(
                Named.of("a child", Faults::startSleep),
                Named.of("a child that holds the worker's pipes", Faults::startSleepOnOurPipes));
    }

    @ParameterizedTest
    @MethodSource("parents")
    void the_children_of_a_cancelled_task_are_gone_when_its_end_is_told(TaskFunction<Gate.Door, String> parent)
            throws Exception {
        try (var gate = Gate.shut();
                var pool = open(1)) {
            var running = pool.submit(parent, gate.door());
            long child = Long.parseLong(gate.arrivals(1).getFirst().name());
            assertThat(ProcessHandle.of(child)).isPresent();
            running.cancel("the test says so");
            assertThat(running.await()).isInstanceOf(Cancelled.class);
            assertThat(Leaks.workerProcesses()).doesNotContain(child);
            assertThat(pool.call(Work::square, 3)).isEqualTo(9);
        }
    }

    @ParameterizedTest
    @MethodSource("parents")
    void the_children_of_a_crashed_task_are_gone_when_its_end_is_told(TaskFunction<Gate.Door, String> parent)
            throws Exception {
        try (var gate = Gate.shut();
                var pool = open(1)) {
            var running = pool.submit(parent, gate.door());
            var arrival = gate.arrivals(1).getFirst();
            signal("KILL", arrival.pid());
            assertThat(running.await()).isInstanceOf(io.forkloom.Outcome.Crashed.class);
            assertThat(Leaks.workerProcesses()).doesNotContain(Long.parseLong(arrival.name()));
        }
    }

    @Test
    void the_children_of_a_finished_task_end_with_the_pool() throws Exception {
        try (var gate = Gate.shut()) {
            gate.open();
            var pool = open(1);
            long child = Long.parseLong(pool.call(Faults::startSleep, gate.door()));
            assertThat(ProcessHandle.of(child)).isPresent();
            pool.close();
            assertThat(Leaks.workerProcesses()).doesNotContain(child);
        }
    }

    @Test
    void a_worker_that_ignores_SIGTERM_is_killed_at_the_end_of_the_grace() throws Exception {
        try (var gate = Gate.shut()) {
            var pool = open(1, c -> c.grace(Duration.ofMillis(500)));
            assertThat(pool.call(Faults::hangInShutdownHook, gate.door())).isEqualTo("installed");
            var probe = new EventProbe(pool);
            pool.close();
            assertThat(gate.arrivals(2)).extracting(Gate.Arrival::name).contains("shutdown hook");
            assertThat(probe.await(WorkerEnded.class, 1).getFirst().exit().code())
                    .isEqualTo(137);
        }
    }

    static String tidyUpAtTheEnd(String file) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            try {
                new ProcessBuilder("sleep", "0.3").start().waitFor();
                Files.createFile(Path.of(file));
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }));
        return "installed";
    }

    @Test
    void a_worker_may_finish_its_shutdown_hooks_within_the_grace(@TempDir Path folder) throws Exception {
        var tidy = folder.resolve("tidy");
        var pool = open(1, c -> c.grace(Duration.ofSeconds(20)));
        assertThat(pool.call(StopIT::tidyUpAtTheEnd, tidy.toString())).isEqualTo("installed");
        try (var probe = new EventProbe(pool)) {
            pool.close();
            assertThat(probe.await(WorkerEnded.class, 1).getFirst().exit().code())
                    .isEqualTo(0);
        }
        assertThat(tidy).exists();
    }

    @Test
    void cancelling_many_running_tasks_at_once_costs_a_worker_each() throws Exception {
        try (var gate = Gate.shut();
                var pool = open(4)) {
            var handles = Stream.generate(gate::door)
                    .limit(4)
                    .map(door -> pool.trySubmit(Gate.Door::pass, door).orElseThrow())
                    .toList();
            gate.arrivals(4);
            var behind = pool.submit(Work::square, 3);
            for (var handle : handles) {
                assertThat(handle.cancel("all of you")).isTrue();
            }
            for (var handle : handles) {
                assertThat(handle.await()).isInstanceOf(Cancelled.class);
            }
            assertThat(behind.await()).isInstanceOf(Completed.class);
            assertThat(pool.stats().started()).isEqualTo(8);
        }
    }
}
