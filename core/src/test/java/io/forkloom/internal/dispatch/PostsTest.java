package io.forkloom.internal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.forkloom.event.WorkerId;
import io.forkloom.internal.dispatch.Staffing.Lifetime;
import io.forkloom.internal.supervise.Departure;
import io.forkloom.internal.supervise.ThreadWorker;
import io.forkloom.internal.supervise.Worker;
import io.forkloom.internal.supervise.WorkerEvents;
import io.forkloom.internal.supervise.WorkerEvents.Answered;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** When a pool has to wake up, without anything else having happened, to look for idle workers. */
class PostsTest {
    private final List<Worker<ThreadWorker.Call>> workers = new ArrayList<>();
    private final After<ThreadWorker.Call> after = new After<>();

    private static final class Deaf implements WorkerEvents<ThreadWorker.Call> {
        @Override
        public void ready(Worker<ThreadWorker.Call> worker, long pid, Duration after) {}

        @Override
        public void answered(Worker<ThreadWorker.Call> worker, List<Answered> answers) {}

        @Override
        public void printed(Worker<ThreadWorker.Call> worker, long ticket, boolean error, String line) {}

        @Override
        public Optional<String> at(Worker<ThreadWorker.Call> worker) {
            return Optional.empty();
        }

        @Override
        public void leaving(Worker<ThreadWorker.Call> worker) {}

        @Override
        public void gone(Worker<ThreadWorker.Call> worker, Departure departure) {}
    }

    private void ready(Posts<ThreadWorker.Call> posts) {
        var worker = ThreadWorker.start(new WorkerId(workers.size(), 1), new ThreadGroup("test"), null, new Deaf());
        workers.add(worker);
        posts.ready(worker);
        posts.man(after);
    }

    @AfterEach
    void end() {
        workers.forEach(worker -> worker.end("the test is over", Worker.Manner.ASK));
    }

    private static Posts<ThreadWorker.Call> posts(int least, int most, Duration idle) {
        return new Posts<>(
                new Staffing(least, most, 0, idle, Lifetime.UNLIMITED), new Recycling(Lifetime.UNLIMITED, any -> 0));
    }

    @Test
    void an_idle_pool_with_its_least_of_workers_sleeps() {
        var posts = posts(1, 2, Duration.ofSeconds(60));
        ready(posts);
        assertThat(posts.lookForIdleIn()).isEmpty();
    }

    @Test
    void a_pool_that_has_grown_sets_one_alarm_and_looks_again_when_that_was_too_early() {
        var posts = posts(1, 2, Duration.ofSeconds(60));
        ready(posts);
        posts.grow(after);
        ready(posts);
        assertThat(posts.lookForIdleIn().orElseThrow()).isBetween(1L, 60_000_000_000L);
        assertThat(posts.lookForIdleIn()).isEmpty();
        posts.dismissIdle(after);
        assertThat(posts.target()).isEqualTo(2);
        assertThat(posts.lookForIdleIn()).isPresent();
    }

    @Test
    void a_pool_that_has_shrunk_to_its_least_sleeps_again() {
        var posts = posts(1, 3, Duration.ZERO);
        ready(posts);
        posts.grow(after);
        ready(posts);
        posts.grow(after);
        ready(posts);
        assertThat(posts.lookForIdleIn()).hasValue(0);
        posts.dismissIdle(after);
        assertThat(posts.target()).isEqualTo(1);
        assertThat(posts.wanted()).isEqualTo(1);
        assertThat(posts.crew().size()).isEqualTo(1);
        assertThat(posts.lookForIdleIn()).isEmpty();
    }

    @Test
    void nobody_is_looked_for_while_a_pool_closes() {
        var posts = posts(1, 2, Duration.ofSeconds(60));
        ready(posts);
        posts.grow(after);
        ready(posts);
        posts.freeze();
        assertThat(posts.lookForIdleIn()).isEmpty();
        posts.dismissIdle(after);
        assertThat(posts.crew().size()).isEqualTo(2);
    }
}
