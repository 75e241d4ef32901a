package io.forkloom.cli.crawl.fetch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RobotsTest {
    private static final URI PAGE = URI.create("http://a.example/private/x");

    private final AtomicLong now = new AtomicLong();
    private final AtomicInteger loads = new AtomicInteger();
    private final Hosts hosts = new Hosts(Traffic.of(8, 2), now::get);
    private Robots.Loader loader = _ -> Optional.of("user-agent: *\ndisallow: /private/".getBytes(UTF_8));
    private final Robots robots = robots(true);

    private Robots robots(boolean heeds) {
        var visitor = new Visitor("forkloom-crawl/1", heeds, Optional.empty());
        return new Robots(
                visitor,
                hosts,
                uri -> {
                    loads.incrementAndGet();
                    return loader.load(uri);
                },
                now::get);
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    @Test
    void what_is_disallowed_is_told_with_what_to_do() throws Exception {
        assertThatThrownBy(() -> robots.check(PAGE))
                .isInstanceOf(FetchException.class)
                .hasMessage("robots.txt of a.example disallows it (--ignore-robots, where you may)");
        assertThat(robots.allows(PAGE)).isFalse();
        assertThat(robots.allows(URI.create("http://a.example/public"))).isTrue();
        assertThat(loads.get()).isEqualTo(1);
    }

    @Test
    void who_ignores_it_does_not_even_fetch_it() throws Exception {
        assertThat(robots(false).allows(PAGE)).isTrue();
        assertThat(loads.get()).isZero();
    }

    @Test
    void each_scheme_host_and_port_has_its_own() throws Exception {
        var asked = new ArrayList<String>();
        loader = uri -> {
            asked.add(uri.toString());
            return Optional.empty();
        };
        for (String page :
                List.of("http://A.example/", "http://a.example:80/x", "https://a.example/y", "http://a.example:81/")) {
            assertThat(robots.allows(URI.create(page))).isTrue();
        }
        assertThat(asked)
                .containsExactly(
                        "http://a.example/robots.txt",
                        "https://a.example/robots.txt",
                        "http://a.example:81/robots.txt");
    }

    @Test
    void while_one_fetches_it_the_others_wait_and_if_that_one_is_interrupted_the_next_one_does() throws Exception {
        var loading = new CountDownLatch(1);
        var go = new CountDownLatch(1);
        var first = new AtomicInteger();
        loader = _ -> {
            if (first.getAndIncrement() == 0) {
                loading.countDown();
                go.await();
            }
            return Optional.empty();
        };
        var interrupted = new AtomicInteger();
        var one = Thread.startVirtualThread(() -> {
            try {
                robots.allows(PAGE);
            } catch (InterruptedException stop) {
                interrupted.incrementAndGet();
            }
        });
        loading.await();
        var allowed = new AtomicInteger();
        var others = new ArrayList<Thread>();
        for (int i = 0; i < 5; i++) {
            others.add(Thread.startVirtualThread(() -> {
                try {
                    allowed.addAndGet(robots.allows(PAGE) ? 1 : 0);
                } catch (InterruptedException stop) {
                    Thread.currentThread().interrupt();
                }
            }));
        }
        one.interrupt();
        one.join();
        for (var other : others) {
            other.join();
        }
        assertThat(interrupted.get()).isEqualTo(1);
        assertThat(allowed.get()).isEqualTo(5);
        assertThat(loads.get()).isEqualTo(2);
    }

    @Test
    void it_is_believed_for_a_day() throws Exception {
        assertThat(robots.allows(PAGE)).isFalse();
        loader = _ -> Optional.empty();
        pass(Duration.ofHours(23));
        assertThat(robots.allows(PAGE)).isFalse();
        pass(Duration.ofHours(2));
        assertThat(robots.allows(PAGE)).isTrue();
    }

    @Test
    void where_it_cannot_be_read_nothing_is_allowed_for_a_while_and_the_error_says_so() throws Exception {
        loader = _ -> {
            throw FetchException.status(503, Duration.ZERO);
        };
        var why = catchThrowableOfType(FetchException.class, () -> robots.check(PAGE));
        assertThat(why)
                .hasMessage("robots.txt of a.example cannot be read, so nothing else is: HTTP status 503"
                        + " (--ignore-robots, where you may)");
        assertThat(why.isPassing()).isTrue();
        assertThat(why.retryAfter()).isEqualTo(RobotsState.FIRST_PAUSE);
        assertThat(robots.allows(PAGE)).isFalse();
        assertThat(loads.get()).isEqualTo(1);

        loader = _ -> Optional.empty();
        pass(RobotsState.FIRST_PAUSE);
        assertThat(robots.allows(PAGE)).isTrue();
    }

    @Test
    void a_host_that_is_not_there_is_told_as_that() {
        loader = _ -> {
            throw FetchException.unreached("no such host: a.example", false);
        };
        assertThatThrownBy(() -> robots.check(PAGE)).hasMessage("no such host: a.example");
    }

    @Test
    void where_it_could_be_read_before_that_holds_on_and_a_month_without_any_allows_everything() throws Exception {
        assertThat(robots.allows(PAGE)).isFalse();
        loader = _ -> {
            throw FetchException.passing("broke");
        };
        pass(Duration.ofHours(25));
        assertThat(robots.allows(PAGE)).isFalse();
        assertThat(robots.allows(URI.create("http://a.example/public"))).isTrue();

        var elsewhere = URI.create("http://b.example/");
        for (int day = 0; day < 30; day++) {
            assertThat(robots.allows(elsewhere)).as("day %s", day).isFalse();
            pass(Duration.ofDays(1));
        }
        assertThat(robots.allows(elsewhere)).isTrue();
    }

    @Test
    void a_crawl_delay_is_between_the_requests_to_the_host() throws Exception {
        loader = _ -> Optional.of("user-agent: forkloom-crawl\ncrawl-delay: 7".getBytes(UTF_8));
        try (var place = hosts.tryEnter("a.example:80").orElseThrow()) {
            assertThat(robots.allows(PAGE)).isTrue();
            place.answered(200, Duration.ZERO);
        }
        assertThat(hosts.opensIn("a.example:80"))
                .isEqualTo(Duration.ofSeconds(7).toNanos());
    }

    @Test
    void sitemaps_are_named_where_they_are_addresses() throws Exception {
        loader = _ -> Optional.of("sitemap: http://a.example/s.xml\nsitemap: /no\nsitemap: file:///x".getBytes(UTF_8));
        assertThat(robots.sitemaps(PAGE)).containsExactly(URI.create("http://a.example/s.xml"));
        loader = _ -> {
            throw FetchException.passing("broke");
        };
        assertThat(robots.sitemaps(URI.create("http://b.example/"))).isEmpty();
    }

    @Test
    void of_a_million_hosts_as_many_are_kept_as_fit() throws Exception {
        var large = ("user-agent: *\ndisallow: /" + "x".repeat(10_000)).getBytes(UTF_8);
        loader = _ -> Optional.of(large);
        for (int i = 0; i < 5_000; i++) {
            assertThat(robots.allows(URI.create("http://" + i + ".example/"))).isTrue();
        }
        assertThat(robots.known()).isBetween(1_000, 1_700);
    }
}
