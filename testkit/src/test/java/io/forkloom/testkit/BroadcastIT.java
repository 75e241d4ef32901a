package io.forkloom.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.forkloom.Broadcast;
import io.forkloom.IsolatePool;
import io.forkloom.Outcome.Completed;
import io.forkloom.Outcome.Failed;
import io.forkloom.Outcome.OutOfMemory;
import io.forkloom.ProcessPool;
import io.forkloom.SerialisationException;
import io.forkloom.TaskContext;
import io.forkloom.TaskPool;
import io.forkloom.ThreadPool;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Broadcasts where values are copied: how often they cross, and what becomes of the copies. */
class BroadcastIT extends FaultCase {
    /** How often one was read in this JVM, or in this isolate. */
    private static int read;

    private static @Nullable WeakReference<Object> copy;

    /** Counts its readings, each of which takes a byte of the stream for each of its own. */
    static final class Model implements Serializable {
        private static final long serialVersionUID = 1;
        final byte[] weights;

        Model(int bytes) {
            this.weights = new byte[bytes];
            Arrays.fill(weights, (byte) 7);
        }

        private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
            in.defaultReadObject();
            read++;
        }
    }

    record Seen(String worker, int read, int weight) implements Serializable {}

    static Seen use(Broadcast<Model> model, int at) {
        int weight = model.value().weights[at];
        return new Seen(TaskContext.current().worker().toString(), read, weight);
    }

    private static int holdWeakly(Broadcast<Model> model) {
        copy = new WeakReference<>(model.value());
        return read;
    }

    /** Whether the copy was let go of. */
    private static boolean isGone(int tries) {
        var held = copy;
        for (int i = 0; held != null && held.get() != null && i < tries; i++) {
            System.gc();
        }
        return held != null && held.get() == null;
    }

    private static void countedOncePerWorker(TaskPool pool) throws InterruptedException {
        try (var model = pool.broadcast(new Model(100_000))) {
            var seen = new HashMap<String, Integer>();
            for (var each : pool.map(
                    at -> use(model, at), IntStream.range(0, 1_000).boxed().toList())) {
                assertThat(each.weight()).isEqualTo(7);
                seen.put(each.worker(), each.read());
            }
            assertThat(seen)
                    .isNotEmpty()
                    .allSatisfy((worker, times) -> assertThat(times).isEqualTo(1));
        }
    }

    @Test
    void a_thousand_items_of_a_map_cost_each_worker_one_reading() throws Exception {
        try (var pool = open(2)) {
            countedOncePerWorker(pool);
        }
        try (var pool = IsolatePool.open(c -> c.workers(2))) {
            countedOncePerWorker(pool);
        }
        assertThat(read).isZero();
    }

    @Test
    void threads_of_one_task_share_one_reading() throws Exception {
        try (var pool = open(1);
                var model = pool.broadcast(new Model(1_000_000))) {
            int times = pool.<Integer>call(() -> {
                var threads = IntStream.range(0, 8)
                        .mapToObj(i -> Thread.ofPlatform().start(model::value))
                        .toList();
                for (var each : threads) {
                    each.join();
                }
                Thread.currentThread().interrupt(); // does not disturb who waits for a value
                return model.value().weights.length / 1_000_000 * read;
            });
            assertThat(times).isEqualTo(1);
        }
    }

    @Test
    void the_successor_of_a_killed_worker_gets_its_own() throws Exception {
        try (var pool = open(1);
                var model = pool.broadcast(new Model(10))) {
            assertThat(pool.call(BroadcastIT::use, model, 3)).isEqualTo(new Seen("0.1", 1, 7));
            var _ = pool.submit(Faults::raise, 9).await();
            assertThat(pool.call(BroadcastIT::use, model, 3)).isEqualTo(new Seen("0.2", 1, 7));
            assertThat(pool.call(BroadcastIT::use, model, 4)).isEqualTo(new Seen("0.2", 1, 7));
        }
    }

    @Test
    void a_worker_lets_go_of_its_copy_when_the_broadcast_is_closed() throws Exception {
        for (var pool : List.<TaskPool>of(open(1), IsolatePool.open(c -> c.workers(1)))) {
            try (pool;
                    var other = pool.broadcast(new Model(1))) {
                var model = pool.broadcast(new Model(1_000));
                assertThat(pool.call(BroadcastIT::holdWeakly, model)).isEqualTo(1);
                assertThat(pool.call(BroadcastIT::isGone, 3)).isFalse();
                model.close();
                assertThat(pool.call(BroadcastIT::isGone, 50)).isTrue();
                assertThat(pool.call(BroadcastIT::use, other, 0).weight()).isEqualTo(7);
            }
        }
    }

    @Test
    void the_program_lets_go_of_value_and_bytes_when_it_is_closed() throws Exception {
        try (var pool = open(1)) {
            var broadcasts = new ArrayList<Broadcast<Model>>();
            var values = new ArrayList<WeakReference<Model>>();
            for (int i = 0; i < 20; i++) {
                var value = new Model(20_000_000); // together more than the heap of these tests, with their bytes
                values.add(new WeakReference<>(value));
                broadcasts.add(pool.broadcast(value));
                assertThat(broadcasts.getLast().value()).isSameAs(value);
                broadcasts.getLast().close();
            }
            for (int i = 0; i < 50 && values.stream().anyMatch(each -> each.get() != null); i++) {
                System.gc();
            }
            assertThat(values).allMatch(each -> each.get() == null);
        }
    }

    @Test
    void a_waiting_task_whose_broadcast_is_closed_fails_and_says_why() throws Exception {
        try (var gate = Gate.shut();
                var pool = open(1)) {
            var model = pool.broadcast(new Model(10));
            var blocker = pool.submit(Gate.Door::pass, gate.door());
            gate.arrivals(1);
            var waiting = pool.submit(BroadcastIT::use, model, 3);
            model.close();
            gate.open();
            assertThat(blocker.await()).isInstanceOf(Completed.class);
            assertThat(((Failed<?>) waiting.await()).cause())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("broadcast 1 of pool forkloom was closed");
            assertThatThrownBy(() -> pool.submit(BroadcastIT::use, model, 3))
                    .isInstanceOf(SerialisationException.class)
                    .hasMessageContaining("argument 1 of BroadcastIT::use")
                    .hasMessageContaining("broadcast 1 of pool forkloom was closed");
        }
    }

    @Test
    void a_task_that_has_had_the_value_has_it_to_its_end_when_the_broadcast_is_closed() throws Exception {
        for (var pool : List.<TaskPool>of(open(1), IsolatePool.open(c -> c.workers(1)))) {
            try (pool;
                    var gate = Gate.shut()) {
                var model = pool.broadcast(new Model(10));
                var door = gate.door();
                var running = pool.submit(() -> {
                    holdWeakly(model);
                    door.pass("has it");
                    return model.value().weights.length;
                });
                gate.arrivals(1);
                model.close();
                gate.open();
                assertThat(running.join()).isEqualTo(10);
                assertThat(pool.call(BroadcastIT::isGone, 100)).isTrue();
                assertThat(pool.stats().started()).isEqualTo(1);
            }
        }
    }

    @Test
    void an_isolate_that_is_too_late_says_what_a_process_says() throws Exception {
        try (var gate = Gate.shut();
                var pool = IsolatePool.open(c -> c.workers(1))) {
            var model = pool.broadcast(new Model(10));
            var blocker = pool.submit(Gate.Door::pass, gate.door());
            gate.arrivals(1);
            var waiting = pool.submit(BroadcastIT::use, model, 3);
            model.close();
            gate.open();
            assertThat(blocker.await()).isInstanceOf(Completed.class);
            assertThat(((Failed<?>) waiting.await()).cause())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageStartingWith("broadcast 1 of pool forkloom was closed");
        }
    }

    @Test
    void only_the_program_closes() throws Exception {
        for (var pool : List.<TaskPool>of(open(1), IsolatePool.open(c -> c.workers(1)))) {
            try (pool;
                    var model = pool.broadcast(new Model(10))) {
                assertThatThrownBy(() -> pool.run(model::close))
                        .hasMessageContaining("closed in the program that has made it");
                assertThat(pool.call(BroadcastIT::use, model, 3).weight()).isEqualTo(7);
            }
        }
    }

    @Test
    void what_cannot_be_sent_is_refused_at_once_with_its_field() throws Exception {
        try (var pool = open(1)) {
            assertThatThrownBy(() -> pool.broadcast(Faults.unserialisableResult("parcel")))
                    .isInstanceOf(SerialisationException.class)
                    .hasMessageContaining("the value of a broadcast is not serialisable")
                    .hasMessageContaining("`client`")
                    .hasMessageContaining("java.lang.Thread");
            assertThat(pool.call(Work::square, 3)).isEqualTo(9);
        }
        try (var pool = ThreadPool.open();
                var thread = pool.broadcast(new Thread("of nobody"))) {
            assertThat(pool.<String>call(() -> thread.value().getName())).isEqualTo("of nobody");
        }
    }

    @Test
    void a_value_over_the_message_limit_is_refused_and_one_below_it_crosses() throws Exception {
        try (var pool = open(1, c -> c.messageLimit("1m"))) {
            assertThatThrownBy(() -> pool.broadcast(new Model(1 << 20)))
                    .isInstanceOf(SerialisationException.class)
                    .hasMessageContaining("the value of a broadcast has 10")
                    .hasMessageContaining("the limit is 1048576")
                    .hasMessageContaining("c.state(Models::load)");
            try (var model = pool.broadcast(new Model((1 << 20) - 1_000))) {
                assertThat(pool.call(BroadcastIT::use, model, 9).weight()).isEqualTo(7);
            }
        }
    }

    @Test
    void a_huge_value_crosses_whole() throws Exception {
        int bytes = 200 << 20;
        try (var pool = open(1, c -> c.heap("700m"));
                var model = pool.broadcast(new Model(bytes))) {
            assertThat(pool.call(BroadcastIT::use, model, bytes - 1).weight()).isEqualTo(7);
            assertThat(pool.call(BroadcastIT::use, model, 0).read()).isEqualTo(1);
        }
    }

    @Test
    void a_value_larger_than_the_heap_of_a_worker_costs_the_task_that_asks() throws Exception {
        try (var pool = open(1, c -> c.heap("48m"));
                var model = pool.broadcast(new Model(60 << 20))) {
            assertThat(pool.submit(BroadcastIT::use, model, 0).await()).isInstanceOf(OutOfMemory.class);
            assertThat(pool.call(Work::square, 3)).isEqualTo(9);
        }
    }

    @Test
    void a_value_that_cannot_be_read_fails_the_task_and_names_it() throws Exception {
        try (var pool = open(1, c -> c.accept("java.util.*"));
                var model = pool.broadcast(new Model(10));
                var words = pool.broadcast(new ArrayList<>(Map.of("a", 1).keySet()))) {
            assertThatThrownBy(() -> pool.<Object>call(() -> model.value()))
                    .hasMessageContaining("the value of broadcast 1 cannot be read")
                    .hasMessageContaining("BroadcastIT$Model")
                    .hasMessageContaining("accept(...)");
            assertThat(pool.<String>call(() -> words.value().getFirst())).isEqualTo("a");
        }
    }

    @Test
    void a_broadcast_of_another_pool_is_refused_by_name() throws Exception {
        try (var pool = open(1, c -> c.name("second"));
                var first = open(1, c -> c.name("first"));
                var threads = ThreadPool.open(c -> c.workers(1).name("threads"))) {
            for (var other : List.<TaskPool>of(first, threads)) {
                try (var model = other.broadcast(new Model(10))) {
                    assertThatThrownBy(() -> pool.submit(BroadcastIT::use, model, 3))
                            .isInstanceOf(SerialisationException.class)
                            .hasMessageContaining("broadcast 1 of pool " + (other == first ? "first" : "threads"))
                            .hasMessageContaining("does not cross to the workers of pool second")
                            .hasMessageContaining("broadcast its value there too");
                    // Where nothing is copied, the value is at hand as for any other code of the program.
                    assertThat(threads.<Integer>call(() -> model.value().weights.length))
                            .isEqualTo(10);
                }
            }
        }
    }

    @Test
    void a_broadcast_does_not_reach_the_pool_of_a_worker() throws Exception {
        try (var pool = open(1, c -> c.heap("128m"));
                var model = pool.broadcast(new Model(10))) {
            var outcome = pool.<Integer>submit(() -> {
                        try (var inner = ProcessPool.open(c ->
                                        c.workers(1).heap("32m").name("inner").allowNested());
                                var own = inner.broadcast(new Model(20))) {
                            int length = inner.<Integer>call(() -> own.value().weights.length);
                            return length + inner.<Integer>call(() -> model.value().weights.length);
                        }
                    })
                    .await();
            assertThat(((Failed<?>) outcome).cause())
                    .hasMessageContaining("broadcast 1 of the pool of this worker")
                    .hasMessageContaining("does not cross to the workers of pool inner");
        }
    }

    @Test
    void outside_of_tasks_a_broadcast_is_not_written() throws Exception {
        try (var pool = open(1);
                var model = pool.broadcast(new Model(10));
                var out = new ObjectOutputStream(new ByteArrayOutputStream())) {
            assertThatThrownBy(() -> out.writeObject(model)).hasMessageContaining("only as a part of a task");
        }
    }
}
