package io.forkloom.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.forkloom.Outcome;
import io.forkloom.Outcome.Completed;
import io.forkloom.Outcome.Failed;
import io.forkloom.ProcessPool;
import io.forkloom.SerialisationException;
import io.forkloom.TaskContext;
import io.forkloom.TaskFunction;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
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
