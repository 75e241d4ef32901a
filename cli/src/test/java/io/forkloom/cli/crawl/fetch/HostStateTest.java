package io.forkloom.cli.crawl.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class HostStateTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    /** Times have no origin, and may run over. */
    private static final long BEGIN = Long.MAX_VALUE - SECOND;

    private HostState known(int places, Duration delay) {
        var host = new HostState(places, delay, BEGIN);
        host.enter(BEGIN);
        host.good();
        host.leave(BEGIN, true);
        return host;
    }

    @Test
    void a_host_of_which_nothing_is_known_is_asked_for_one_page_at_a_time() {
        var host = new HostState(4, Duration.ZERO, BEGIN);

        assertThat(host.opensIn(BEGIN)).isZero();
        host.enter(BEGIN);
        assertThat(host.opensIn(BEGIN)).isEqualTo(HostState.WHEN_SOMEBODY_LEAVES);
        host.good();
        assertThat(host.opensIn(BEGIN)).isZero();
        assertThat(host.places()).isEqualTo(4);
    }

    @Test
    void between_two_starts_passes_what_was_asked_for() {
        var host = known(4, Duration.ofSeconds(2));

        assertThat(host.opensIn(BEGIN + SECOND)).isEqualTo(SECOND);
        assertThat(host.opensIn(BEGIN + 2 * SECOND)).isZero();
        host.heed(5 * SECOND);
        assertThat(host.opensIn(BEGIN + 2 * SECOND)).isEqualTo(3 * SECOND);
        host.heed(SECOND);
        assertThat(host.pause()).as("the longer one holds").isEqualTo(5 * SECOND);
    }

    @Test
    void a_place_that_was_not_used_costs_no_time() {
        var host = known(4, Duration.ofSeconds(2));
        long then = BEGIN + 2 * SECOND;
        host.enter(then);
        host.leave(then, false);
        assertThat(host.opensIn(then)).isZero();
    }

    @Test
    void trouble_halves_the_places_and_doubles_the_pause_and_good_answers_win_both_back() {
        var host = known(8, Duration.ZERO);
        host.trouble(BEGIN, BEGIN + 1, Duration.ZERO);
        assertThat(host.places()).isEqualTo(4);
        assertThat(host.pause()).isEqualTo(HostState.FIRST_PAUSE);
        host.trouble(BEGIN + 2, BEGIN + 3, Duration.ZERO);
        assertThat(host.places()).isEqualTo(2);
        assertThat(host.pause()).isEqualTo(2 * HostState.FIRST_PAUSE);

        for (int i = 0; i < HostState.GOOD_RUN - 1; i++) {
            host.good();
        }
        assertThat(host.places()).isEqualTo(2);
        host.good();
        assertThat(host.places()).isEqualTo(3);
        assertThat(host.pause()).isEqualTo(HostState.FIRST_PAUSE);
        for (int i = 0; i < 5 * HostState.GOOD_RUN; i++) {
            host.good();
        }
        assertThat(host.places()).isEqualTo(8);
        assertThat(host.pause()).isZero();
    }

    @Test
    void requests_that_fail_together_are_one_trouble() {
        var host = known(8, Duration.ZERO);
        for (int i = 0; i < 8; i++) {
            host.trouble(BEGIN + i, BEGIN + SECOND + i, Duration.ZERO);
        }
        assertThat(host.places()).isEqualTo(4);
        assertThat(host.pause()).isEqualTo(HostState.FIRST_PAUSE);
    }

    @Test
    void a_host_that_is_always_in_trouble_is_still_asked_now_and_then() {
        var host = known(8, Duration.ZERO);
        long now = BEGIN;
        for (int i = 0; i < 100; i++) {
            host.enter(now);
            host.trouble(now, now + 1, Duration.ZERO);
            host.leave(now, true);
            now += 1 + host.opensIn(now + 1);
        }
        assertThat(host.places()).isEqualTo(1);
        assertThat(host.pause()).isEqualTo(HostState.LONGEST_PAUSE);
    }

    @Test
    void a_server_is_left_alone_as_long_as_it_asks_for_within_reason() {
        var host = known(8, Duration.ZERO);
        host.trouble(BEGIN, BEGIN, Duration.ofSeconds(90));
        assertThat(host.opensIn(BEGIN)).isEqualTo(90 * SECOND);
        assertThat(host.opensIn(BEGIN + 90 * SECOND)).isZero();

        host.trouble(BEGIN, BEGIN, Duration.ofDays(9));
        assertThat(host.opensIn(BEGIN)).isEqualTo(HostState.LONGEST_RETRY_AFTER.toNanos());
    }

    @Test
    void starts_over_all_hosts_keep_the_rate_and_what_timers_miss_is_caught_up_with() {
        var rate = new RequestRate(100, BEGIN);
        long now = BEGIN;
        for (int i = 0; i < 100; i++) {
            now += rate.opensIn(now);
            // A timer that is late by 3 ms.
            now += rate.opensIn(now) == 0 ? 3_000_000 : 0;
            rate.start(now);
        }
        assertThat(now - BEGIN).isBetween(980_000_000L, 1_030_000_000L);

        rate.start(now + 60 * SECOND);
        int atOnce = 0;
        for (; rate.opensIn(now + 60 * SECOND) == 0; atOnce++) {
            rate.start(now + 60 * SECOND);
        }
        assertThat(atOnce).as("nothing is saved up over a pause").isLessThan(10);
    }
}
