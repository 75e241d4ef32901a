package io.forkloom.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.forkloom.ContextCarrier;
import io.forkloom.IsolatePool;
import io.forkloom.Outcome.Failed;
import io.forkloom.Retry;
import io.forkloom.SerialisationException;
import io.forkloom.TaskContext;
import io.forkloom.TaskOptions;
import io.forkloom.TaskPool;
import io.forkloom.ThreadPool;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What hangs on the submitter's thread is there in the task. */
class ContextIT extends FaultCase {
    /** As a logging context has it. */
    private static final ThreadLocal<Map<String, String>> HANGING = ThreadLocal.withInitial(Map::of);

    record Carrier() implements ContextCarrier {
        @Override
        public Map<String, String> capture() {
            if (HANGING.get().containsKey("unspeakable")) {
                throw new IllegalStateException("no word of that");
            }
            return HANGING.get();
        }

        @Override
        public Scope restore(Map<String, String> context) {
            if (context.containsKey("unwelcome")) {
                throw new IllegalStateException("not here");
            }
            var before = HANGING.get();
            HANGING.set(new TreeMap<>(context));
            return () -> HANGING.set(before);
        }
    }

    enum Kind {
        PROCESSES,
        ISOLATES,
        THREADS;

        TaskPool open(ContextCarrier carrier) {
            return switch (this) {
                case PROCESSES -> FaultCase.open(1, c -> c.context(carrier));
                case ISOLATES -> IsolatePool.open(c -> c.workers(1).context(carrier));
                case THREADS -> ThreadPool.open(c -> c.workers(1).context(carrier));
            };
        }
    }

    static String hanging() {
        return HANGING.get().toString();
    }

    static String hanging(int number) {
        return number + HANGING.get().toString();
    }

    @AfterEach
    void nothing_hangs_here() {
        HANGING.remove();
    }

    @ParameterizedTest
    @EnumSource
    void it_is_there_in_the_task_and_gone_after_it(Kind kind) throws Exception {
        try (var pool = kind.open(new Carrier())) {
            HANGING.set(Map.of("trace", "00-4bf9-01", "user", "Zoë"));
            assertThat(pool.call(() -> hanging())).isEqualTo("{trace=00-4bf9-01, user=Zoë}");
            assertThat(pool.map(ContextIT::hanging, List.of(1, 2)).chunk(2).toList())
                    .containsExactly("1{trace=00-4bf9-01, user=Zoë}", "2{trace=00-4bf9-01, user=Zoë}");
            HANGING.remove();
            assertThat(pool.call(() -> hanging())).isEqualTo("{}");
            assertThat(pool.stats().started()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void what_the_carrier_throws_is_thrown_by_submitting_or_by_the_task(Kind kind) throws Exception {
        try (var pool = kind.open(new Carrier())) {
            HANGING.set(Map.of("unspeakable", ""));
            assertThatThrownBy(() -> pool.call(() -> hanging())).hasMessage("no word of that");
            assertThat(pool.stats().submitted()).isZero();
            HANGING.set(Map.of("unwelcome", ""));
            var outcome = (Failed<String>) pool.submit(() -> hanging()).await();
            assertThat(outcome.cause())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("not here");
            HANGING.remove();
            assertThat(pool.call(() -> hanging())).isEqualTo("{}");
        }
    }

    @ParameterizedTest
    @EnumSource
    void it_crosses_by_every_way_into_the_pool(Kind kind) throws Exception {
        try (var pool = kind.open(new Carrier())) {
            HANGING.set(Map.of("user", "Zoë"));
            assertThat(pool.asExecutorService().submit(() -> hanging()).get()).isEqualTo("{user=Zoë}");
            assertThat(pool.map(ContextIT::hanging, List.of(1)).asCompleted().toList())
                    .containsExactly("1{user=Zoë}");
            pool.run(() -> assertThat(hanging()).isEqualTo("{user=Zoë}"));
            assertThat(pool.with(TaskOptions.label("other"))
                            .submit(() -> hanging())
                            .join())
                    .isEqualTo("{user=Zoë}");
        }
    }

    @ParameterizedTest
    @EnumSource
    void an_entry_without_a_value_stays_where_it_is(Kind kind) throws Exception {
        try (var pool = kind.open(new Carrier())) {
            var context = new TreeMap<String, String>(Map.of("user", "Zoë"));
            context.put("tenant", null);
            HANGING.set(context);
            assertThat(pool.call(() -> hanging())).isEqualTo("{user=Zoë}");
        }
    }

    static String hangingAtLast() throws IOException, InterruptedException {
        if (TaskContext.current().worker().generation() == 1) {
            signal("KILL", ProcessHandle.current().pid());
        }
        return hanging();
    }

    @Test
    void the_second_attempt_in_another_worker_has_it_too() throws Exception {
        try (var pool = Kind.PROCESSES.open(new Carrier())) {
            HANGING.set(Map.of("user", "Zoë"));
            var twice = pool.with(TaskOptions.retry(Retry.onCrash(2)));
            assertThat(twice.call(() -> hangingAtLast())).isEqualTo("{user=Zoë}");
        }
    }

    @Test
    void the_initialiser_has_none_and_an_allow_list_lets_it_through() throws Exception {
        HANGING.set(Map.of("user", "Zoë"));
        try (var pool = FaultCase.open(
                1,
                c -> c.context(new Carrier())
                        .accept("io.forkloom.testkit.*")
                        .initializer(() -> System.setProperty("hung", hanging())))) {
            assertThat(pool.call(() -> System.getProperty("hung") + hanging())).isEqualTo("{}{user=Zoë}");
        }
    }

    @SuppressWarnings("serial") // that is the fault
    record Heavy(Thread thread) implements ContextCarrier {
        @Override
        public Map<String, String> capture() {
            return Map.of();
        }

        @Override
        public Scope restore(Map<String, String> context) {
            return () -> {};
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"PROCESSES", "ISOLATES"})
    void a_carrier_that_cannot_be_sent_is_refused_with_its_field(Kind kind) {
        assertThatThrownBy(() -> kind.open(new Heavy(new Thread())))
                .isInstanceOf(SerialisationException.class)
                .hasMessageContaining("PoolConfig.carrierItself is not serialisable")
                .hasMessageContaining("field `thread`");
    }
}
