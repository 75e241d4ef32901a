package io.forkloom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class PoolConfigTest {
    private static void refuses(Consumer<ProcessPoolConfig> setting, String words) {
        var config = new ProcessPoolConfig();
        assertThatThrownBy(() -> setting.accept(config))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(words);
    }

    @Test
    void what_no_pool_can_be_is_refused_at_once_with_the_value() {
        for (int none : new int[] {0, -1, Integer.MIN_VALUE}) {
            refuses(c -> c.workers(none), "workers must be at least 1, not " + none);
            refuses(c -> c.workers(none, 2), "workers must be at least 1, not " + none);
            refuses(c -> c.recycleAfter(none), "recycleAfter must be at least 1, not " + none);
            refuses(c -> c.queue(none, "64m"), "queue must be at least 1, not " + none);
        }
        refuses(c -> c.workers(3, 2), "workers(3, 2): the first is the least, and cannot be more than the second");
        refuses(c -> c.idleShrink(Duration.ofSeconds(-1)), "idleShrink must not be negative");
        refuses(c -> c.recycleAbove("0m"), "leaves no room");
        refuses(c -> c.spares(-1), "spares must not be negative, as -1 is");
        refuses(c -> c.drain(Duration.ofSeconds(-1)), "drain must not be negative");
        refuses(c -> c.grace(Duration.ofSeconds(-1)), "grace must not be negative");
        refuses(c -> c.startLimit(Duration.ZERO), "startLimit must be positive");
        refuses(c -> c.messageLimit("1023"), "messageLimit must be between 1k and 2047m");
        refuses(c -> c.messageLimit("2g"), "messageLimit must be between 1k and 2047m");
        refuses(c -> c.restarts(-1, Duration.ofSeconds(1)), "must not be negative");
        refuses(c -> c.accept("com.acme.*;!*"), "is no class name pattern");
    }

    @Test
    void a_chunk_of_nothing_is_refused() {
        try (var pool = ThreadPool.open(c -> c.workers(1));
                var results = pool.<Integer, Integer>map(number -> number, List.of(1))) {
            assertThatThrownBy(() -> results.chunk(0))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("chunk must be at least 1, not 0");
            assertThat(results.toList()).containsExactly(1);
        }
    }
}
