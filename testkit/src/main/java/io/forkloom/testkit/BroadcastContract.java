package io.forkloom.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.forkloom.Broadcast;
import io.forkloom.PoolClosedException;
import io.forkloom.TaskOptions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A value that crosses once is there in every task, until it is closed. */
interface BroadcastContract extends PoolUnderTest {

    static String word(Broadcast<List<String>> words, int at) {
        return words.value().get(at);
    }

    @SuppressWarnings("ReferenceEquality") // one object is the point
    static boolean isSame(Broadcast<?> one, Broadcast<?> other) {
        return one.equals(other) && one.hashCode() == other.hashCode() && one.value() == other.value();
    }

    private static List<String> words() {
        return new ArrayList<>(List.of("fork", "loom"));
    }

    @Test
    default void a_broadcast_is_there_where_it_is_captured_passed_or_part_of_something() throws Exception {
        try (var pool = open(2);
                var words = pool.broadcast(words())) {
            assertThat(pool.<String>call(() -> words.value().getFirst())).isEqualTo("fork");
            assertThat(pool.call(BroadcastContract::word, words, 1)).isEqualTo("loom");
            var within = new ArrayList<>(List.of(words));
            assertThat(pool.<String>call(() -> within.getFirst().value().getLast()))
                    .isEqualTo("loom");
            assertThat(pool.with(TaskOptions.label("view")).call(BroadcastContract::word, words, 0))
                    .isEqualTo("fork");
            assertThat(pool.map(at -> word(words, at % 2), Collections.nCopies(20, 3))
                            .chunk(7)
                            .toList())
                    .hasSize(20)
                    .containsOnly("loom");
            assertThat(words.value()).containsExactly("fork", "loom");
            assertThat(pool.call(BroadcastContract::isSame, words, words)).isTrue();
        }
    }

    @Test
    default void a_view_makes_broadcasts_of_its_pool() throws Exception {
        try (var pool = open(1);
                var words = pool.with(TaskOptions.label("view")).broadcast(words());
                var none = pool.<@Nullable String>broadcast(null)) {
            assertThat(pool.call(BroadcastContract::word, words, 1)).isEqualTo("loom");
            assertThat(pool.<Boolean>call(() -> none.value() == null)).isTrue();
            assertThat(none).isNotEqualTo(words);
        }
    }

    @Test
    default void a_broadcast_comes_back_as_what_it_was() throws Exception {
        try (var pool = open(1);
                var words = pool.broadcast(words())) {
            var back = pool.<Broadcast<List<String>>>call(() -> words);
            assertThat(back).isEqualTo(words);
            assertThat(back.value()).isSameAs(words.value());
        }
    }

    @Test
    default void a_broadcast_may_hold_an_earlier_one() throws Exception {
        try (var pool = open(1);
                var words = pool.broadcast(words());
                var outer = pool.broadcast(new ArrayList<>(List.of(words)))) {
            assertThat(pool.<String>call(() -> outer.value().getFirst().value().getLast()))
                    .isEqualTo("loom");
        }
    }

    @Test
    default void a_closed_broadcast_says_so() throws Exception {
        try (var pool = open(1)) {
            var words = pool.broadcast(words());
            assertThat(pool.call(BroadcastContract::word, words, 0)).isEqualTo("fork");
            words.close();
            words.close();
            // Where it would cross to another JVM it is refused; else the task fails.
            assertThatThrownBy(() -> pool.call(BroadcastContract::word, words, 0))
                    .hasMessageContaining("broadcast 1 of pool ")
                    .hasMessageContaining("was closed");
            assertThatThrownBy(words::value)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("was closed");
            assertThat(pool.call(Work::square, 3)).isEqualTo(9);
        }
    }

    @Test
    default void the_broadcasts_of_a_closed_pool_are_closed() {
        var pool = open(1);
        var words = pool.broadcast(words());
        pool.close();
        assertThatThrownBy(words::value)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
        assertThatThrownBy(() -> pool.broadcast(words()))
                .isInstanceOf(PoolClosedException.class)
                .hasMessageContaining("closed");
        words.close();
    }
}
