package io.forkloom.internal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.forkloom.event.CrashReport;
import io.forkloom.event.MemoryKind;
import io.forkloom.event.WorkerExit;
import io.forkloom.internal.dispatch.TaskState.Ended;
import io.forkloom.internal.dispatch.TaskState.Given;
import io.forkloom.internal.dispatch.TaskState.Waiting;
import io.forkloom.internal.supervise.Departure;
import io.forkloom.internal.supervise.WorkerEvents.Answered;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Tasks for which the workers' heap is too small, without threads and without time. */
class AnnexTest {
    private static final long LARGE = 1 << 30;

    /** A pool whose workers come, work and die as a test says. */
    private static final class Pool {
        final ManualLater later = new ManualLater();
        final After<String> after = new After<>();
        final Posts<String> posts;
        final Floor<String> floor;
        final int workers;
        int generation;

        Pool(int workers) {
            var staffing = Staffing.of(workers);
            this.workers = workers;
            this.posts = new Posts<>(staffing, new Recycling(staffing.lifetime(), most -> 0));
            this.floor = new Floor<>(new WaitingRoom<>(100, 1_000), posts, later);
        }

        ScriptedWorker ready(long heap) {
            var worker = new ScriptedWorker(heap == 0 ? 0 : workers, ++generation, heap);
            floor.ready(worker, after);
            return worker;
        }

        QueuedTask<String> submit(Retries retries) {
            var task = new QueuedTask<>("call", 1, "Acme::work", Limits.NONE, retries, new Pace());
            floor.accept(task, after);
            return task;
        }

        QueuedTask<String> submitGreedy(long heap) {
            return submit(new Retries(2, false, true, heap));
        }

        QueuedTask<String> submitPlain() {
            return submit(Retries.NONE);
        }

        /** The worker's heap was full at its task. */
        void full(ScriptedWorker worker, MemoryKind kind) {
            worker.turnedTo = worker.given.getLast();
            var exit =
                    new WorkerExit(worker.id(), 1, 3, false, Optional.empty(), Optional.empty(), OptionalLong.empty());
            floor.gone(
                    worker, new Departure(exit, CrashReport.NONE, Optional.of(kind), Optional.empty(), false), after);
        }

        void full(ScriptedWorker worker) {
            full(worker, MemoryKind.HEAP);
        }

        void answer(ScriptedWorker worker) {
            worker.turnedTo = worker.given.getLast();
            floor.answered(worker, List.of(new Answered(worker.given.getLast(), false, 1, "value")), 0, after);
        }

        boolean serves(ScriptedWorker worker) {
            return posts.crew().find(worker) != null;
        }
    }

    private static boolean isAt(QueuedTask<String> task, ScriptedWorker worker) {
        return task.state instanceof Given && task.worker.equals(Optional.of(worker.id()));
    }

    @Test
    void a_task_whose_heap_was_too_small_waits_for_a_larger_one_and_other_tasks_do_not() {
        var pool = new Pool(1);
        var first = pool.ready(0);
        var greedy = pool.submitGreedy(LARGE);
        pool.full(first);
        assertThat(greedy.state).isInstanceOf(Waiting.class);
        assertThat(pool.posts.annex().wantedHeap()).isEqualTo(LARGE);
        assertThat(pool.posts.wanted()).as("ordinary ones").isEqualTo(1);
        var second = pool.ready(0);
        assertThat(greedy.state).isInstanceOf(Waiting.class);
        assertThat(isAt(pool.submitPlain(), second)).isTrue();
    }

    @Test
    void it_runs_when_the_larger_one_is_there_and_that_retires_when_there_is_nothing_more_for_it() {
        var pool = new Pool(1);
        var greedy = pool.submitGreedy(LARGE);
        pool.full(pool.ready(0));
        var larger = pool.ready(LARGE);
        assertThat(isAt(greedy, larger)).isTrue();
        assertThat(pool.posts.annex().wantedHeap()).isZero();
        assertThat(pool.serves(larger)).isTrue();
        pool.answer(larger);
        assertThat(greedy.state).isInstanceOf(Ended.class);
        assertThat(greedy.earlier).hasSize(1);
        assertThat(pool.serves(larger)).isFalse();
    }

    @Test
    void while_it_runs_one_of_the_others_has_nothing_to_do() {
        var pool = new Pool(2);
        pool.submitGreedy(LARGE);
        pool.full(pool.ready(0));
        pool.ready(0);
        pool.ready(0);
        var larger = pool.ready(LARGE);
        assertThat(pool.submitPlain().state).isInstanceOf(Given.class);
        assertThat(pool.posts.crew().hasIdle()).isTrue();
        var late = pool.submitPlain();
        assertThat(late.state).isInstanceOf(Waiting.class);
        pool.answer(larger);
        assertThat(late.state).isInstanceOf(Given.class);
    }

    @Test
    void it_waits_for_the_end_of_one_task_and_nothing_else_begins_meanwhile() {
        var pool = new Pool(1);
        var greedy = pool.submitGreedy(LARGE);
        pool.full(pool.ready(0));
        var ordinary = pool.ready(0);
        var running = pool.submitPlain();
        var waiting = pool.submitPlain();
        var larger = pool.ready(LARGE);
        assertThat(isAt(running, ordinary)).isTrue();
        assertThat(greedy.state).isInstanceOf(Waiting.class);
        pool.answer(ordinary);
        assertThat(isAt(greedy, larger)).isTrue();
        assertThat(waiting.state).isInstanceOf(Waiting.class);
        pool.answer(larger);
        assertThat(isAt(waiting, ordinary)).isTrue();
    }

    @Test
    void several_run_in_it_one_after_the_other() {
        var pool = new Pool(1);
        var tasks = new ArrayList<QueuedTask<String>>();
        for (int i = 0; i < 3; i++) {
            tasks.add(pool.submitGreedy(LARGE));
            pool.full(pool.ready(0));
        }
        var larger = pool.ready(LARGE);
        for (var each : tasks) {
            assertThat(isAt(each, larger)).isTrue();
            pool.answer(larger);
        }
        assertThat(pool.serves(larger)).isFalse();
        assertThat(pool.floor.isEmpty()).isTrue();
    }

    @Test
    void one_that_needs_still_more_waits_for_another_worker() {
        var pool = new Pool(1);
        var greedy = pool.submitGreedy(LARGE);
        pool.full(pool.ready(0));
        var greedier = pool.submitGreedy(2 * LARGE);
        pool.full(pool.ready(0));
        var larger = pool.ready(LARGE); // was started before
        assertThat(isAt(greedy, larger)).isTrue();
        assertThat(greedier.state).isInstanceOf(Waiting.class);
        pool.answer(larger);
        assertThat(pool.serves(larger)).isFalse();
        assertThat(pool.posts.annex().wantedHeap()).isEqualTo(2 * LARGE);
        assertThat(isAt(greedier, pool.ready(2 * LARGE))).isTrue();
    }

    @Test
    void a_task_too_large_for_both_ends_with_the_first_attempt_listed() {
        var pool = new Pool(1);
        var greedy = pool.submitGreedy(LARGE);
        pool.full(pool.ready(0));
        pool.full(pool.ready(LARGE));
        assertThat(greedy.state).isInstanceOf(Ended.class);
        assertThat(((Ended) greedy.state).ending()).isInstanceOf(Ending.OutOfMemory.class);
        assertThat(greedy.earlier).hasSize(1);
        assertThat(pool.posts.annex().wantedHeap()).isZero();
    }

    @Test
    void what_no_larger_heap_helps_waits_for_any_worker() {
        for (var kind : List.of(MemoryKind.METASPACE, MemoryKind.THREADS, MemoryKind.RESIDENT, MemoryKind.KERNEL)) {
            var pool = new Pool(1);
            var greedy = pool.submitGreedy(LARGE);
            pool.full(pool.ready(0), kind);
            assertThat(pool.posts.annex().wantedHeap()).as("after " + kind).isZero();
            assertThat(isAt(greedy, pool.ready(0))).isTrue();
        }
    }

    @Test
    void a_larger_worker_that_dies_at_a_task_is_followed_by_another_if_the_task_may_run_again() {
        var pool = new Pool(1);
        var greedy = pool.submit(new Retries(3, true, true, LARGE));
        pool.full(pool.ready(0));
        pool.full(pool.ready(LARGE));
        assertThat(greedy.state).isInstanceOf(Waiting.class);
        assertThat(pool.posts.annex().wantedHeap()).isEqualTo(LARGE);
        var second = pool.ready(LARGE);
        assertThat(isAt(greedy, second)).isTrue();
        pool.answer(second);
        assertThat(greedy.earlier).hasSize(2);
    }

    @Test
    void a_larger_worker_for_which_there_is_nothing_any_more_when_it_is_ready_retires() {
        var pool = new Pool(1);
        var greedy = pool.submitGreedy(LARGE);
        pool.full(pool.ready(0));
        assertThat(pool.floor.strike(greedy, new Ending.Cancelled("changed my mind"), pool.after))
                .isTrue();
        assertThat(pool.posts.annex().wantedHeap()).isZero();
        assertThat(pool.serves(pool.ready(LARGE))).isFalse();
    }

    @Test
    void where_no_larger_worker_comes_up_the_task_ends_as_its_last_attempt_did() {
        var pool = new Pool(1);
        var greedy = pool.submitGreedy(LARGE);
        pool.full(pool.ready(0));
        pool.floor.noLarger("it cannot be", pool.after);
        assertThat(((Ended) greedy.state).ending()).isInstanceOf(Ending.OutOfMemory.class);
        assertThat(greedy.earlier).as("before the last one").isEmpty();
        assertThat(pool.posts.annex().wantedHeap()).isZero();
        assertThat(pool.floor.isEmpty()).isTrue();
    }

    @Test
    void a_close_that_drains_no_longer_ends_what_waits_and_what_runs() {
        var pool = new Pool(1);
        var running = pool.submitGreedy(LARGE);
        pool.full(pool.ready(0));
        var waiting = pool.submitGreedy(LARGE);
        pool.full(pool.ready(0));
        var larger = pool.ready(LARGE);
        larger.turnedTo = larger.given.getLast();
        pool.floor.strikeAll("closed", pool.after);
        assertThat(((Ended) waiting.state).ending()).isInstanceOf(Ending.OutOfMemory.class);
        pool.full(larger);
        assertThat(((Ended) running.state).ending()).isInstanceOf(Ending.Cancelled.class);
        assertThat(pool.floor.isEmpty()).isTrue();
    }

    @Property
    void whatever_happens_no_more_run_at_once_and_everything_comes_to_its_end(
            @ForAll @IntRange(min = 1, max = 3) int workers,
            @ForAll @Size(max = 60) List<@IntRange(max = 99) Integer> steps) {
        var pool = new Pool(workers);
        var living = new ArrayList<ScriptedWorker>();
        for (int step : steps) {
            switch (step % 5) {
                case 0 -> pool.submitPlain();
                case 1 -> pool.submitGreedy(step % 2 == 0 ? LARGE : 2 * LARGE);
                default -> move(pool, living, step / 5);
            }
            hire(pool, living);
            assertThat(pool.posts.crew().running()).isLessThanOrEqualTo(workers);
        }
        for (int i = 0; i < 500 && !pool.floor.isEmpty(); i++) {
            move(pool, living, 1);
            hire(pool, living);
        }
        assertThat(pool.floor.isEmpty()).isTrue();
        assertThat(pool.posts.annex().wantedHeap()).isZero();
        assertThat(living).allMatch(worker -> worker.heap() == 0);
    }

    /** One that is at a task answers, or its heap is full. */
    private static void move(Pool pool, List<ScriptedWorker> living, int pick) {
        var busy = living.stream()
                .filter(worker -> pool.serves(worker) && !pool.posts.crew().isIdle(worker))
                .toList();
        if (!busy.isEmpty()) {
            var worker = busy.get(pick % busy.size());
            if (pick % 3 == 0) {
                pool.full(worker);
            } else {
                pool.answer(worker);
            }
        }
        living.removeIf(worker -> !pool.serves(worker));
    }

    private static void hire(Pool pool, List<ScriptedWorker> living) {
        while (living.stream().filter(worker -> worker.heap() == 0).count() < pool.posts.wanted()) {
            living.add(pool.ready(0));
        }
        long heap = pool.posts.annex().wantedHeap();
        if (heap > 0 && living.stream().noneMatch(worker -> worker.heap() > 0)) {
            living.add(pool.ready(heap));
        }
        living.removeIf(worker -> !pool.serves(worker));
    }
}
