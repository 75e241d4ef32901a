package io.forkloom.cli.crawl.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HostsTest {
    private static final String A = "a.example:80";
    private static final String B = "b.example:80";

    private final AtomicLong now = new AtomicLong();

    private Hosts hosts(Traffic traffic) {
        return new Hosts(traffic, now::get);
    }

    private static void know(Hosts hosts, String name) {
        try (var place = hosts.tryEnter(name).orElseThrow()) {
            place.answered(200, Duration.ZERO);
        }
    }

    @Test
    void no_more_than_the_allowed_number_are_at_one_host_and_another_host_does_not_mind() {
        var hosts = hosts(Traffic.of(8, 2));
        know(hosts, A);
        var one = hosts.tryEnter(A).orElseThrow();
        var two = hosts.tryEnter(A).orElseThrow();

        assertThat(hosts.tryEnter(A)).isEmpty();
        assertThat(hosts.opensIn(A)).isEqualTo(Long.MAX_VALUE);
        assertThat(hosts.opensIn(B)).isZero();
        hosts.tryEnter(B).orElseThrow().close();
        one.close();
        one.close();
        assertThat(hosts.tryEnter(A)).isPresent();
        assertThat(hosts.tryEnter(A)).isEmpty();
        two.close();
    }

    @Test
    void who_waits_for_a_place_gets_the_one_that_is_given_back() throws Exception {
        var hosts = hosts(Traffic.of(8, 1));
        var place = hosts.enter(A);
        var got = new ArrayList<Hosts.Place>();
        var waiter = Thread.startVirtualThread(() -> {
            try {
                got.add(hosts.enter(A));
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
            }
        });
        place.close();
        waiter.join();
        assertThat(got).hasSize(1);
        got.getFirst().close();
    }

    @Test
    void many_who_wait_all_get_their_turn_though_some_are_interrupted() throws Exception {
        var hosts = new Hosts(Traffic.of(64, 2));
        var entered = new AtomicInteger();
        // Until all of them are there, so that they do wait for one another.
        var entering = new CountDownLatch(1);
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < 400; i++) {
            threads.add(Thread.startVirtualThread(() -> {
                try (var place = hosts.enter(A)) {
                    entering.await();
                    place.answered(200, Duration.ZERO);
                    entered.incrementAndGet();
                } catch (InterruptedException stop) {
                    entered.incrementAndGet();
                }
            }));
        }
        entering.countDown();
        for (int i = 0; i < threads.size(); i += 3) {
            threads.get(i).interrupt();
        }
        for (var thread : threads) {
            thread.join();
        }
        assertThat(entered.get()).isEqualTo(400);
        assertThat(hosts.tryEnter(A)).isPresent();
    }

    @Test
    void the_wait_for_a_pause_ends_by_itself() throws Exception {
        var hosts = new Hosts(new Traffic(8, 2, Duration.ofMillis(20), 0));
        long begin = System.nanoTime();
        for (int i = 0; i < 5; i++) {
            try (var place = hosts.enter(A)) {
                place.answered(200, Duration.ZERO);
            }
        }
        assertThat(System.nanoTime() - begin)
                .isGreaterThanOrEqualTo(Duration.ofMillis(80).toNanos());
    }

    @Test
    void one_that_was_answered_badly_opens_later_and_says_when() {
        var hosts = hosts(Traffic.of(8, 2));
        know(hosts, A);
        try (var place = hosts.tryEnter(A).orElseThrow()) {
            place.answered(503, Duration.ofSeconds(7));
        }
        assertThat(hosts.tryEnter(A)).isEmpty();
        assertThat(hosts.opensIn(A)).isEqualTo(Duration.ofSeconds(7).toNanos());
        now.addAndGet(Duration.ofSeconds(7).toNanos());
        assertThat(hosts.tryEnter(A)).isPresent();
    }

    @Test
    void the_rate_holds_over_all_hosts() {
        var hosts = hosts(new Traffic(8, 2, Duration.ZERO, 4));
        know(hosts, A);
        assertThat(hosts.tryEnter(B)).isEmpty();
        assertThat(hosts.opensIn(B)).isEqualTo(Duration.ofMillis(250).toNanos());
        now.addAndGet(Duration.ofMillis(250).toNanos());
        assertThat(hosts.tryEnter(B)).isPresent();
    }

    @Test
    void whoever_listens_is_told_of_each_place_that_is_given_back_and_may_ask_at_once() {
        var hosts = hosts(Traffic.of(8, 1));
        var seen = new ArrayList<Long>();
        hosts.onLeave(() -> seen.add(hosts.opensIn(A)));
        var place = hosts.tryEnter(A).orElseThrow();
        assertThat(seen).isEmpty();
        place.close();
        place.close();
        assertThat(seen).containsExactly(0L);
    }

    @Test
    void of_a_million_hosts_a_bounded_number_is_remembered_and_none_that_is_in_use_is_forgotten() {
        var hosts = hosts(Traffic.of(8, 1));
        var place = hosts.tryEnter(A).orElseThrow();
        for (int i = 0; i < 1_000_000; i++) {
            know(hosts, i + ".example:80");
        }
        assertThat(hosts.known()).isEqualTo(Hosts.REMEMBERED + 1);
        assertThat(hosts.tryEnter(A)).isEmpty();
        place.close();
    }
}
