package io.forkloom.async;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class TokenBucketTest {
    private static final Rate TEN = Rate.of(10, Duration.ofNanos(1_000)); // one each 100 ns

    @Test
    void without_a_burst_they_are_evenly_spread() {
        var bucket = new TokenBucket(TEN, 0);
        assertThat(bucket.take(0)).isTrue();
        assertThat(bucket.take(0)).isFalse();
        assertThat(bucket.untilNext(0)).isEqualTo(100);
        assertThat(bucket.take(99)).isFalse();
        assertThat(bucket.untilNext(99)).isEqualTo(1);
        assertThat(bucket.take(100)).isTrue();
        assertThat(bucket.untilNext(150)).isEqualTo(50);
    }

    @Test
    void after_a_pause_so_many_come_at_once_as_the_burst_says() {
        var bucket = new TokenBucket(TEN.withBurst(3), 0);
        for (int i = 0; i < 3; i++) {
            assertThat(bucket.take(1_000_000)).isTrue();
        }
        assertThat(bucket.take(1_000_000)).isFalse();
        assertThat(bucket.untilNext(1_000_000)).isEqualTo(100);
    }

    @Test
    void a_new_rate_counts_from_now_on() {
        var bucket = new TokenBucket(TEN, 0);
        assertThat(bucket.take(0)).isTrue();
        bucket.change(Rate.of(1, Duration.ofNanos(1_000)), 50);
        assertThat(bucket.untilNext(50)).isEqualTo(500);
    }

    @Property
    void in_no_stretch_of_time_are_there_more_than_rate_and_burst_allow(
            @ForAll @Size(max = 200) List<@IntRange(max = 300) Integer> steps,
            @ForAll @IntRange(min = 1, max = 5) int burst) {
        var bucket = new TokenBucket(TEN.withBurst(burst), 0);
        long now = 0;
        int taken = 0;
        for (int step : steps) {
            now += step;
            if (bucket.take(now)) {
                taken++;
            }
            assertThat(taken).isLessThanOrEqualTo((int) (now / 100) + burst);
        }
    }

    @Test
    void a_rate_of_nothing_is_refused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Rate.of(0, Duration.ofSeconds(1)));
        assertThatIllegalArgumentException().isThrownBy(() -> Rate.of(1, Duration.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> TEN.withBurst(0));
    }
}
