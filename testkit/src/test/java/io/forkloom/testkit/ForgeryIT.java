package io.forkloom.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.forkloom.Outcome.Completed;
import io.forkloom.Outcome.Crashed;
import io.forkloom.Outcome.Failed;
import io.forkloom.Outcome.NotStarted;
import io.forkloom.SerialisationException;
import io.forkloom.TaskHandle;
import io.forkloom.event.PoolEvent.PoolBroken;
import io.forkloom.event.PoolEvent.WorkerEnded;
import io.forkloom.event.PoolEvent.WorkerReady;
import io.forkloom.testkit.Forgery.Frame;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** What no worker writes is on the link all the same: it costs the task that runs there, and never a wrong value. */
class ForgeryIT extends FaultCase {
    private static final int LIMIT = 1 << 20;
    private static final byte NULL = 0;

    /** And what is said of each. */
    private static Map<Frame, String> impossible() {
        var frames = new LinkedHashMap<Frame, String>();
        frames.put(Frame.header(0, 99, 0, 0), "unknown frame: kind 99, flags 0");
        frames.put(Frame.header(0, 7, 2, 0), "unknown frame: kind 7, flags 2");
        frames.put(Frame.header(0, 6, 0, 0), "a worker sent Call");
        frames.put(Frame.header(0, 3, 0, 0), "a worker sent Ready");
        frames.put(Frame.header(0, 12, 0, 0), "a worker sent Found");
        frames.put(Frame.header(0, 7, 0, 1), "on a link of generation");
        frames.put(Frame.header(Integer.MAX_VALUE, 7, 0, 0), "claims 2147483647 bytes; the limit is " + LIMIT);
        frames.put(Frame.header(LIMIT + 1, 7, 0, 0), "claims 1048577 bytes; the limit is " + LIMIT);
        frames.put(Frame.answer(1_000_000, NULL), "answered call 1000000, but runs call");
        return frames;
    }

    @Test
    void frames_that_cannot_be_cost_a_task_each_and_say_why() throws Exception {
        try (var pool = open(2, c -> c.messageLimit("1m"))) {
            var hit = new LinkedHashMap<TaskHandle<String>, String>();
            var between = new ArrayList<TaskHandle<Integer>>();
            for (var each : impossible().entrySet()) {
                hit.put(pool.submit(Forgery::sendAndStay, each.getKey()), each.getValue());
                between.add(pool.submit(Work::square, 3));
            }
            for (var each : hit.entrySet()) {
                var outcome = each.getKey().await();
                assertThat(outcome).isInstanceOf(Crashed.class);
                assertThat(outcome.toException()).hasMessageContaining(each.getValue());
            }
            for (var each : between) {
                assertThat(each.join()).isEqualTo(9);
            }
            assertThat(pool.stats().crashed()).isEqualTo(hit.size());
            assertThat(pool.stats().completed()).isEqualTo(between.size());
            assertThat(pool.stats().ended()).isEqualTo(pool.stats().submitted());
        }
    }

    @Test
    void a_frame_of_negative_length_costs_one_task_and_says_why() throws Exception {
        var crashed = (Crashed<?>) costOfOneWorker(Forgery::sendAndStay, Frame.header(-1, 7, 0, 0));
        assertThat(crashed.exit().reason().orElseThrow()).contains("broke the protocol", "claims 4294967295 bytes");
    }

    @Test
    void a_worker_killed_within_the_header_of_its_answer_costs_one_task() throws Exception {
        var crashed = (Crashed<?>) costOfOneWorker(Forgery::scribbleAndDie, new byte[23]);
        assertThat(crashed.exit().signal()).contains("SIGKILL");
    }

    @Test
    void a_worker_killed_in_the_middle_of_64_megabytes_costs_one_task() throws Exception {
        var crashed =
                (Crashed<?>) costOfOneWorker(Forgery::sendAndDie, Frame.begun(64 << 20, 20 << 20), c -> c.heap("256m"));
        assertThat(crashed.exit().signal()).contains("SIGKILL");
    }

    @Test
    void a_worker_killed_just_after_its_answer_costs_nothing() throws Exception {
        try (var pool = open(1);
                var probe = new EventProbe(pool)) {
            var handle = pool.submit(Forgery::sendAndDie, Frame.answer(1, NULL));
            assertThat(handle.await()).isInstanceOf(Completed.class);
            assertThat(probe.await(WorkerEnded.class, 1).getFirst().exit().signal())
                    .contains("SIGKILL");
            assertThat(pool.call(Work::square, 3)).isEqualTo(9);
            assertThat(pool.stats().crashed()).isZero();
        }
    }

    @Test
    void what_cannot_be_read_in_an_answer_fails_its_task() throws Exception {
        try (var pool = open(1);
                var probe = new EventProbe(pool)) {
            var value = pool.submit(Forgery::sendAndDie, Frame.answer(1, (byte) 1, (byte) 'x', (byte) 'y'));
            probe.await(WorkerReady.class, 2); // so that the next call is the second; one given to the dead would be
            var failure = pool.submit(Forgery::sendAndDie, Frame.failure(2, (byte) 0, (byte) 9, (byte) 'x'));
            for (var outcome : List.of(value.await(), failure.await())) {
                assertThat(outcome).isInstanceOf(Failed.class);
                assertThat(((Failed<?>) outcome).cause()).isInstanceOf(SerialisationException.class);
            }
            assertThat(pool.call(Work::square, 3)).isEqualTo(9);
            assertThat(pool.stats().crashed()).isZero();
            assertThat(pool.stats().ended()).isEqualTo(3);
        }
    }

    @Test
    void a_call_answered_twice_is_completed_once_and_costs_the_worker() throws Exception {
        try (var gate = Gate.shut();
                var pool = open(1);
                var probe = new EventProbe(pool)) {
            var handle = pool.submit(ForgeryIT::answerAndStay, gate.door(), Frame.answer(1, NULL));
            var outcome = handle.await();
            assertThat(outcome).isInstanceOf(Completed.class);
            gate.open(); // now the task returns, and the worker answers too
            assertThat(probe.await(WorkerEnded.class, 1).getFirst().exit().reason())
                    .hasValueSatisfying(reason -> assertThat(reason).contains("answered call 1, but runs nothing"));
            assertThat(handle.await()).isSameAs(outcome);
            assertThat(pool.call(Work::square, 3)).isEqualTo(9);
            assertThat(pool.stats().completed()).isEqualTo(2);
            assertThat(pool.stats().ended()).isEqualTo(2);
        }
    }

    static String answerAndStay(Gate.Door door, Frame frame) throws IOException {
        Forgery.send(frame);
        return door.pass("answered already");
    }

    @Test
    void an_answer_to_an_earlier_call_is_not_taken_for_the_one_that_runs() throws Exception {
        try (var pool = open(1)) {
            assertThat(pool.call(Work::square, 2)).isEqualTo(4);
            var late = pool.submit(Forgery::sendAndStay, Frame.answer(1, NULL)).await();
            assertThat(late).isInstanceOf(Crashed.class);
            assertThat(((Crashed<?>) late).exit().reason().orElseThrow()).contains("answered call 1, but runs call 2");
            assertThat(pool.call(Work::square, 3)).isEqualTo(9);
        }
    }

    @Test
    void a_worker_that_answers_before_it_is_ready_is_no_worker() throws Exception {
        try (var pool = open(
                        1,
                        c -> c.restarts(1, Duration.ofMinutes(1))
                                .initializer(() -> Forgery.send(Frame.answer(1, NULL))));
                var probe = new EventProbe(pool)) {
            var waiting = pool.submit(Work::square, 3);
            assertThat(probe.await(PoolBroken.class, 1).getFirst().reason()).contains("it began with");
            assertThat(waiting.await()).isInstanceOf(NotStarted.class);
        }
    }

    @Test
    void a_task_that_closes_every_descriptor_of_its_worker_costs_itself() throws Exception {
        assertThat(costOfOneWorker(ForgeryIT::closeAll, 1024)).isInstanceOf(Crashed.class);
    }

    static String askAndAsk(int times) {
        return Forgery.sendAll(Collections.nCopies(times, Frame.header(0, 11, 0, 0)));
    }

    @Test
    void a_worker_that_asks_without_hearing_the_answers_costs_itself() throws Exception {
        var crashed = (Crashed<?>) costOfOneWorker(ForgeryIT::askAndAsk, 10_000);
        assertThat(crashed.exit().reason().orElseThrow()).contains("asked for something before it had an answer");
    }

    static String closeAll(int descriptors) {
        for (int descriptor = 3; descriptor < descriptors; descriptor++) {
            Native.call("close", descriptor);
        }
        while (true) {
            LockSupport.park(); // until it is killed: a task that returns has an end of its own
        }
    }

    @Test
    void a_deaf_worker_gets_no_call_back_and_loses_none() throws Exception {
        try (var pool = open(1);
                var probe = new EventProbe(pool)) {
            probe.await(WorkerReady.class, 1);
            assertThat(pool.call(ForgeryIT::closeTheWayIn)).isEqualTo("deaf");
            assertThat(pool.call(Work::square, 3)).isEqualTo(9);
            assertThat(probe.await(WorkerReady.class, 2)).hasSize(2);
            assertThat(pool.stats().crashed()).isZero();
        }
    }

    static String closeTheWayIn() {
        Native.call("close", Forgery.wayIn());
        return "deaf";
    }
}
