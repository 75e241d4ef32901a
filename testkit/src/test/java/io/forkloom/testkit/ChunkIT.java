package io.forkloom.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.forkloom.Outcome;
import io.forkloom.Outcome.Completed;
import io.forkloom.Outcome.Failed;
import io.forkloom.ProcessPool;
import io.forkloom.SerialisationException;
import io.forkloom.TaskContext;
import io.forkloom.TaskFailedException;
import io.forkloom.TaskFunction;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What crosses the border in a chunk fares as it does alone. */
class ChunkIT extends FaultCase {
    record Coin(int value) implements Serializable {}

    record Spender() implements TaskFunction<Object, String> {
        @Override
        public String apply(Object coin) {
            return "spent " + coin;
        }
    }

    private static final String COINS_ONLY = "io.forkloom.testkit.ChunkIT$Coin";

    private static <A, R> List<Outcome<R>> outcomes(
            ProcessPool pool, int chunk, TaskFunction<A, R> function, List<? extends A> arguments) {
        var all = new ArrayList<Outcome<R>>();
        pool.map(function, arguments).chunk(chunk).outcomes().forEach(all::add);
        return all;
    }

    private static String problem(Outcome<?> outcome) {
        assertThat(outcome).isInstanceOf(Failed.class);
        assertThat(((Failed<?>) outcome).cause()).isInstanceOf(SerialisationException.class);
        return String.valueOf(((Failed<?>) outcome).cause().getMessage());
    }

    static String describe(Object argument) {
        return argument.getClass().getSimpleName();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void an_allow_list_holds_for_data_and_not_for_lambdas_that_are_run(int chunk) {
        int change = 1;
        try (var pool = open(1, c -> c.accept(COINS_ONLY))) {
            List<Object> coins = List.of(new Coin(1), new Coin(2), new Coin(3));
            assertThat(pool.<Object, Integer>map(coin -> ((Coin) coin).value() + change, coins)
                            .chunk(chunk)
                            .toList())
                    .containsExactly(2, 3, 4);
            assertThat(pool.<Object, Coin>map(coin -> new Coin(7), coins)
                            .chunk(chunk)
                            .toList())
                    .containsOnly(new Coin(7));
            TaskFunction<Object, Object> lambda = coin -> coin;
            assertThat(outcomes(pool, chunk, ChunkIT::describe, List.of(lambda, lambda, lambda)))
                    .allSatisfy(outcome -> assertThat(problem(outcome)).contains("filter refuses class", "ChunkIT"));
            assertThat(outcomes(pool, chunk, new Spender(), coins))
                    .allSatisfy(outcome -> assertThat(problem(outcome)).contains("filter refuses", "ChunkIT$Spender"));
            assertThat(outcomes(pool, chunk, coin -> new Spender(), coins))
                    .allSatisfy(outcome -> assertThat(problem(outcome)).contains("filter refuses", "ChunkIT$Spender"));
        }
    }

    static Object unserialisableAtTwo(int number) {
        return number == 2 ? new Thread() : number;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void a_result_that_cannot_be_sent_fails_alone(int chunk) {
        try (var pool = open(1)) {
            var all = outcomes(pool, chunk, ChunkIT::unserialisableAtTwo, List.of(0, 1, 2, 3, 4, 5));
            assertThat(problem(all.remove(2)))
                    .contains("the result of ChunkIT::unserialisableAtTwo is not serialisable: java.lang.Thread");
            assertThat(all).hasSize(5).allMatch(Completed.class::isInstance);
        }
    }

    private static final int MANY = 40;

    /** The numbers, and a thread in place of those that can be divided by seven. */
    private static List<Object> withThreads() {
        return IntStream.range(0, MANY)
                .mapToObj(i -> i % 7 == 0 ? new Thread() : (Object) i)
                .toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 10, 1000})
    void an_argument_that_cannot_be_sent_fails_alone_and_in_its_place(int chunk) {
        try (var pool = open(2)) {
            var all = outcomes(pool, chunk, ChunkIT::describe, withThreads());
            assertThat(all).hasSize(MANY);
            for (int i = 0; i < MANY; i++) {
                if (i % 7 == 0) {
                    assertThat(problem(all.get(i)))
                            .startsWith("argument 1 of ChunkIT::describe is not serialisable: java.lang.Thread");
                    assertThat(all.get(i).task().toString()).contains("ChunkIT::describe (submitted at ChunkIT.java:");
                } else {
                    assertThat(all.get(i).orThrow()).isEqualTo("Integer");
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10})
    void arguments_that_cannot_be_sent_come_as_completed_too(int chunk) {
        try (var pool = open(2)) {
            var kinds = new HashMap<Class<?>, Integer>();
            for (var outcome : pool.map(ChunkIT::describe, withThreads())
                    .asCompleted()
                    .chunk(chunk)
                    .outcomes()) {
                kinds.merge(outcome.getClass(), 1, Integer::sum);
            }
            assertThat(kinds).containsExactlyInAnyOrderEntriesOf(Map.of(Failed.class, 6, Completed.class, MANY - 6));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void the_values_of_a_map_end_at_an_argument_that_cannot_be_sent(int chunk) {
        try (var pool = open(1)) {
            var values = new ArrayList<String>();
            assertThatThrownBy(() -> pool.map(ChunkIT::describe, List.of(1, 2, new Thread(), 3))
                            .chunk(chunk)
                            .forEach(values::add))
                    .isInstanceOf(TaskFailedException.class)
                    .hasMessageContaining("argument 1 of ChunkIT::describe is not serialisable")
                    .hasCauseInstanceOf(SerialisationException.class);
            assertThat(values).containsExactly("Integer", "Integer");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void a_function_that_cannot_be_sent_fails_each_of_its_calls(int chunk) {
        var captured = new Thread();
        try (var pool = open(1)) {
            assertThat(outcomes(pool, chunk, number -> captured.getName() + number, List.of(1, 2, 3)))
                    .hasSize(3)
                    .allSatisfy(outcome -> assertThat(problem(outcome)).contains("a value captured by a lambda"));
        }
    }

    @Test
    void a_chunk_over_the_message_limit_goes_in_parts() {
        try (var pool = open(1, c -> c.messageLimit("64k"))) {
            var blocks = new ArrayList<byte[]>();
            for (int i = 0; i < 20; i++) {
                blocks.add(new byte[i == 13 ? 70_000 : 10_000]);
            }
            var all = outcomes(pool, 20, (byte[] block) -> block.length, blocks);
            assertThat(problem(all.remove(13))).contains("the limit is 65536");
            assertThat(all)
                    .hasSize(19)
                    .allSatisfy(outcome -> assertThat(outcome.orThrow()).isEqualTo(10_000));
        }
    }

    static <T> int hash(T value) {
        return value.hashCode();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void one_method_referred_to_at_two_types_is_two_functions(int chunk) {
        try (var pool = open(1)) {
            assertThat(pool.<String, Integer>map(ChunkIT::hash, List.of("a", "b", "c"))
                            .chunk(chunk)
                            .toList())
                    .containsExactly("a".hashCode(), "b".hashCode(), "c".hashCode());
            assertThat(pool.<Integer, Integer>map(ChunkIT::hash, List.of(1, 2, 3))
                            .chunk(chunk)
                            .toList())
                    .containsExactly(1, 2, 3);
        }
    }

    static String label(int ignored) {
        return TaskContext.current().label();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void a_task_bears_the_name_of_the_mapped_function(int chunk) {
        try (var pool = open(1)) {
            assertThat(pool.map(ChunkIT::label, IntStream.range(0, 7).boxed().toList())
                            .chunk(chunk)
                            .toList())
                    .containsOnly("ChunkIT::label");
        }
    }
}
