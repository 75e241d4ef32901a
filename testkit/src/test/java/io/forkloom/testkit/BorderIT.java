package io.forkloom.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.forkloom.Outcome;
import io.forkloom.Outcome.Failed;
import io.forkloom.ProcessPool;
import io.forkloom.RemoteException;
import io.forkloom.SerialisationException;
import io.forkloom.TaskContext;
import io.forkloom.event.PoolEvent.ResultUnreadable;
import io.forkloom.event.PoolEvent.TaskEnded;
import io.forkloom.event.WorkerId;
import java.io.Serializable;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What cannot cross the border between two JVMs: the message says what and where, and nothing is lost. */
class BorderIT extends FaultCase {
    private static final String THREAD = "java.lang.Thread";

    static String take(Object argument) {
        return argument.getClass().getName();
    }

    private static Throwable cause(Outcome<?> outcome) {
        assertThat(outcome).isInstanceOf(Failed.class);
        return ((Failed<?>) outcome).cause();
    }

    private static void works(ProcessPool pool) throws InterruptedException {
        assertThat(pool.call(Work::square, 3)).isEqualTo(9);
        assertThat(pool.stats().started()).isEqualTo(1);
        assertThat(pool.stats().ended()).isEqualTo(pool.stats().submitted());
    }

    @Test
    void a_task_may_return_which_worker_it_ran_in() throws Exception {
        try (var pool = open(1)) {
            assertThat(pool.call(() -> TaskContext.current().worker())).isEqualTo(new WorkerId(0, 1));
        }
    }

    @Test
    void an_argument_that_cannot_be_sent_is_refused_with_its_field() throws Exception {
        try (var pool = open(1)) {
            assertThatThrownBy(() -> pool.call(BorderIT::take, Faults.unserialisableResult("parcel")))
                    .isInstanceOf(SerialisationException.class)
                    .hasMessageContaining("argument 1 of BorderIT::take")
                    .hasMessageContaining("`client`")
                    .hasMessageContaining("Faults$Parcel")
                    .hasMessageContaining(THREAD);
            assertThatThrownBy(() -> pool.submit(BorderIT::take, (Object) List.of("a", new Thread())))
                    .isInstanceOf(SerialisationException.class)
                    .hasMessageContaining(THREAD);
            assertThatThrownBy(() -> pool.trySubmit(BorderIT::take, new Thread()))
                    .isInstanceOf(SerialisationException.class);
            assertThat(pool.stats().submitted()).isZero();
            works(pool);
        }
    }

    @Test
    void a_captured_value_that_cannot_be_sent_is_refused_with_its_class() throws Exception {
        var client = new Thread();
        try (var pool = open(1)) {
            assertThatThrownBy(() -> pool.<String>call(() -> client.getName()))
                    .isInstanceOf(SerialisationException.class)
                    .hasMessageContaining("captured by a lambda in BorderIT")
                    .hasMessageContaining(THREAD);
            assertThat(pool.stats().submitted()).isZero();
            works(pool);
        }
    }

    @Test
    void a_result_that_cannot_be_sent_fails_its_task_with_its_field() throws Exception {
        try (var pool = open(1)) {
            assertThat(cause(pool.submit(Faults::unserialisableResult, "parcel").await()))
                    .isInstanceOf(SerialisationException.class)
                    .hasMessageContaining("the result of Faults::unserialisableResult")
                    .hasMessageContaining("`client`")
                    .hasMessageContaining(THREAD);
            works(pool);
        }
    }

    @Test
    void an_exception_that_cannot_be_sent_keeps_its_name_message_and_frames() throws Exception {
        try (var pool = open(1)) {
            var cause = (RemoteException) cause(
                    pool.submit(Faults::unserialisableException, "no parcel").await());
            assertThat(cause.type()).isEqualTo(Faults.ClientException.class.getName());
            assertThat(cause).hasMessage("no parcel");
            assertThat(cause.getStackTrace()[0].getMethodName()).isEqualTo("unserialisableException");
            assertThat(cause.getSuppressed()[0]).hasMessageContaining("`client`");
            works(pool);
        }
    }

    @Test
    void an_exception_whose_class_only_the_worker_has_keeps_its_name_message_and_frames() throws Exception {
        try (var pool = open(1)) {
            var cause = (RemoteException)
                    cause(pool.submit(Faults::exceptionOfUnknownClass, "boo").await());
            assertThat(cause.type()).isEqualTo("made.up.GhostException");
            assertThat(cause).hasMessage("boo").hasToString("made.up.GhostException: boo");
            assertThat(List.of(cause.getStackTrace()))
                    .anyMatch(frame -> frame.getMethodName().equals("exceptionOfUnknownClass"));
            works(pool);
        }
    }

    @Test
    void a_hostile_exception_costs_its_task_only() throws Exception {
        try (var pool = open(1)) {
            var cause = cause(pool.submit(Faults::hostileException, 0).await());
            assertThat(cause.toString()).contains("HostileException");
            works(pool);
        }
    }

    @Test
    void causes_in_a_circle_arrive() throws Exception {
        try (var pool = open(1)) {
            var cause = cause(pool.submit(Faults::cyclicCauses, "round").await());
            assertThat(cause).isInstanceOf(IllegalStateException.class).hasMessage("round");
            works(pool);
        }
    }

    @Test
    void a_class_that_only_the_caller_has_is_named() throws Exception {
        try (var pool = open(1)) {
            var ghost = Faults.objectOfUnknownClass("made.up.Ghost");
            assertThat(cause(pool.submit(BorderIT::take, ghost).await()))
                    .isInstanceOf(SerialisationException.class)
                    .hasMessageContaining("made.up.Ghost")
                    .hasMessageContaining("class path");
            works(pool);
        }
    }

    @Test
    void a_class_that_only_the_worker_has_is_named() throws Exception {
        try (var pool = open(1)) {
            assertThat(cause(pool.submit(Faults::objectOfUnknownClass, "made.up.Ghost")
                            .await()))
                    .isInstanceOf(SerialisationException.class)
                    .hasMessageContaining("the result of Faults::objectOfUnknownClass")
                    .hasMessageContaining("made.up.Ghost");
            works(pool);
        }
    }

    @Test
    void an_argument_whose_readObject_throws_fails_its_task() throws Exception {
        try (var pool = open(1)) {
            for (String fault : List.of("throw", "overflow", "error")) {
                assertThat(pool.submit(Faults::spring, Faults.trap(fault)).await())
                        .as(fault)
                        .isInstanceOf(Failed.class);
            }
            works(pool);
        }
    }

    @Test
    void a_result_whose_readObject_throws_fails_its_task_at_the_caller() throws Exception {
        try (var pool = open(1)) {
            for (String fault : List.of("throw", "overflow", "error")) {
                var handle = pool.submit(Faults::trap, fault);
                var outcome = handle.await();
                assertThat(cause(outcome)).as(fault).isInstanceOf(SerialisationException.class);
                assertThat(handle.await()).isSameAs(outcome);
            }
            works(pool);
        }
    }

    @Test
    void a_result_that_its_caller_cannot_read_is_counted_as_failed_and_told_once() throws Exception {
        try (var pool = open(1);
                var probe = new EventProbe(pool)) {
            var handle = pool.submit(Faults::trap, "throw");
            var end = probe.await(TaskEnded.class, 1).getFirst();
            assertThat(end.outcome()).as("nobody has asked for its value").isEqualTo("Completed");
            assertThat(handle.await()).isInstanceOf(Failed.class);
            assertThat(pool.stats().failed()).isEqualTo(1);
            assertThat(pool.stats().completed()).isZero();
            assertThat(pool.stats().ended()).isEqualTo(pool.stats().submitted());
            var told = probe.await(ResultUnreadable.class, 1).getFirst();
            assertThat(told.task()).isEqualTo(end.task());
            assertThat(told.problem()).contains("the result of Faults::trap");
            assertThat(handle.poll().orElseThrow()).isInstanceOf(Failed.class);
            works(pool);
            probe.await(TaskEnded.class, 2);
            assertThat(probe.events(ResultUnreadable.class)).hasSize(1);
        }
    }

    @Test
    void a_result_whose_writeReplace_throws_fails_its_task() throws Exception {
        try (var pool = open(1)) {
            for (String fault : List.of("throw", "error")) {
                assertThat(pool.submit(Faults::thorn, fault).await()).as(fault).isInstanceOf(Failed.class);
            }
            works(pool);
        }
    }

    @Test
    void a_chain_too_deep_to_be_written_is_refused() throws Exception {
        var chain = new ArrayList<Object>();
        for (int i = 0; i < 200_000; i++) {
            var outer = new ArrayList<Object>();
            outer.add(chain.isEmpty() ? "end" : new ArrayList<>(chain));
            chain = outer;
        }
        var deep = chain;
        try (var pool = open(1)) {
            assertThatThrownBy(() -> pool.call(BorderIT::take, deep))
                    .isInstanceOf(SerialisationException.class)
                    .hasMessageContaining("too deep");
            works(pool);
        }
    }

    @Test
    void a_dynamic_proxy_is_refused() throws Exception {
        InvocationHandler handler = (InvocationHandler & Serializable) (proxy, method, arguments) -> "hello";
        var greeter =
                Proxy.newProxyInstance(BorderIT.class.getClassLoader(), new Class<?>[] {Comparable.class}, handler);
        try (var pool = open(1)) {
            assertThat(cause(pool.submit(BorderIT::take, greeter).await()))
                    .isInstanceOf(SerialisationException.class)
                    .hasMessageContaining("prox");
            works(pool);
        }
    }

    @Test
    void what_no_task_needs_is_refused_by_the_filter() throws Exception {
        try (var pool = open(1)) {
            assertThat(cause(pool.submit(BorderIT::take, new java.rmi.RemoteException("rmi"))
                            .await()))
                    .isInstanceOf(SerialisationException.class)
                    .hasMessageContaining("java.rmi.RemoteException")
                    .hasMessageContaining("filter");
            works(pool);
        }
    }

    /** A class of ours that an allow-list may name or not. */
    record Coin(int value) implements Serializable {}

    static String spend(Object coin) {
        return coin.getClass().getName();
    }

    @Test
    void an_allow_list_lets_in_what_it_names_and_nothing_else() throws Exception {
        try (var strict = open(1, c -> c.accept("com.acme.*"));
                var generous = open(1, c -> c.accept("io.forkloom.testkit.BorderIT$Coin"))) {
            assertThat(generous.<Object, String>call(BorderIT::spend, new Coin(1)))
                    .endsWith("Coin");
            assertThat(strict.<Object, String>call(BorderIT::take, new LinkedHashMap<>(Map.of("a", List.of(1, 2)))))
                    .endsWith("LinkedHashMap");
            var stranger = Faults.objectOfUnknownClass("made.up.Stranger");
            for (var pool : List.of(strict, generous)) {
                assertThat(cause(pool.submit(BorderIT::take, stranger).await()))
                        .isInstanceOf(SerialisationException.class)
                        .hasMessageContaining("made.up.Stranger");
                works(pool);
            }
        }
    }

    static <T> int hash(T value) {
        return value.hashCode();
    }

    @Test
    void one_method_referred_to_at_two_types_in_one_class_is_two_functions() throws Exception {
        try (var pool = open(1)) {
            assertThat(pool.<String, Integer>call(BorderIT::hash, "a")).isEqualTo("a".hashCode());
            assertThat(pool.<Integer, Integer>call(BorderIT::hash, 7)).isEqualTo(7);
            assertThat(pool.<List<String>, Integer>call(BorderIT::hash, List.of("a")))
                    .isEqualTo(List.of("a").hashCode());
        }
    }
}
