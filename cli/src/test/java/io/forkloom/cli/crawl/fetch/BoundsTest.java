package io.forkloom.cli.crawl.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import io.forkloom.cli.crawl.view.Rate;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BoundsTest {

    @Test
    void a_lease_waits_for_room_and_gives_back_what_it_does_not_need() throws Exception {
        var budget = new MemoryBudget(100 << 10);
        var first = budget.lease(80 << 10);
        var second = new java.util.concurrent.CompletableFuture<MemoryBudget.Lease>();
        var waiter = Thread.startVirtualThread(() -> {
            try {
                second.complete(budget.lease(50 << 10));
            } catch (InterruptedException stop) {
                second.completeExceptionally(stop);
            }
        });
        first.shrink(40 << 10);
        waiter.join();
        assertThat(budget.free()).isEqualTo(10 << 10);

        first.close();
        first.close();
        second.join().close();
        assertThat(budget.free()).isEqualTo(100 << 10);
    }

    @Test
    void more_than_the_whole_budget_counts_as_the_whole() throws Exception {
        var budget = new MemoryBudget(10 << 10);
        try (var _ = budget.lease(1 << 30)) {
            assertThat(budget.free()).isZero();
        }
        assertThat(budget.free()).isEqualTo(10 << 10);
    }

    @Test
    void the_pause_before_an_attempt_grows_heeds_the_server_and_is_bounded() {
        assertThat(Backoff.before(2, Duration.ZERO)).isBetween(Duration.ofMillis(100), Duration.ofMillis(300));
        assertThat(Backoff.before(4, Duration.ZERO)).isBetween(Duration.ofMillis(400), Duration.ofMillis(1200));
        assertThat(Backoff.before(2, Duration.ofSeconds(3))).isEqualTo(Duration.ofSeconds(3));
        assertThat(Backoff.before(90, Duration.ofDays(3))).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void the_rate_is_that_of_the_last_seconds() {
        var rate = new Rate();
        assertThat(rate.at(0, 0)).isZero();
        assertThat(rate.at(1_000_000_000L, 50)).isEqualTo(50);
        assertThat(rate.at(20_000_000_000L, 50)).isLessThan(50);
        assertThat(rate.at(40_000_000_000L, 50)).isZero();
    }
}
