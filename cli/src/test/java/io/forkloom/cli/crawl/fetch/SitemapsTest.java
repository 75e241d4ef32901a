package io.forkloom.cli.crawl.fetch;

import static io.forkloom.cli.crawl.fetch.RoughServer.page;
import static io.forkloom.cli.crawl.fetch.RoughServer.send;
import static io.forkloom.cli.crawl.fetch.RoughServer.status;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.forkloom.cli.crawl.parse.Recipe;
import io.forkloom.cli.crawl.source.Source;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SitemapsTest {
    private static final long BUDGET = 128 << 20;

    private final RoughServer server;
    private final MemoryBudget budget = new MemoryBudget(BUDGET);
    private final Fetcher fetcher =
            new Fetcher(new FetchOptions(8, 4, 1 << 20, Duration.ofSeconds(20), 0), Recipe.AUTO, budget);

    SitemapsTest() throws IOException {
        server = new RoughServer();
    }

    @AfterEach
    void stop() {
        fetcher.close();
        server.close();
        assertThat(budget.free()).isEqualTo(BUDGET);
    }

    private List<String> all() {
        var names = new ArrayList<String>();
        fetcher.sitemaps()
                .of(URI.create(server.url("/any/page")))
                .forEachRemaining(source -> names.add(
                        source instanceof Source.Broken broken
                                ? broken.name() + " " + broken.reason()
                                : source.name()));
        return names;
    }

    private static String urls(String... addresses) {
        return List.of(addresses).stream()
                .map(address -> "<url><loc>" + address + "</loc><priority>1</priority></url>")
                .collect(Collectors.joining(
                        "\n",
                        "<?xml version='1.0'?><urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>",
                        "</urlset>"));
    }

    private String index(String... paths) {
        return List.of(paths).stream()
                .map(path -> "<sitemap><loc>" + server.url(path) + "</loc></sitemap>")
                .collect(Collectors.joining("", "<sitemapindex>", "</sitemapindex>"));
    }

    @Test
    void without_a_word_in_robots_txt_the_usual_place_is_looked_at_and_there_may_be_none() {
        assertThat(all()).isEmpty();
        server.on("/sitemap.xml", page("\n " + urls(" http://a/1\n", "http://a/?a=1&amp;b=2", "mailto:x", "")));
        assertThat(all()).containsExactly("http://a/1", "http://a/?a=1&b=2");
    }

    @Test
    void where_robots_txt_cannot_be_read_no_sitemap_is() {
        server.on("/robots.txt", status(503)).on("/sitemap.xml", page(urls("http://a/1")));
        assertThat(all()).isEmpty();
        assertThat(server.requests("/sitemap.xml")).isZero();
    }

    @Test
    void those_that_robots_txt_names_are_read_whatever_their_form() {
        server.on(
                "/robots.txt",
                page("sitemap: " + server.url("/one.xml") + "\nsitemap: " + server.url("/two.txt") + "\nsitemap: "
                        + server.url("/three.xml.gz") + "\nsitemap: " + server.url("/one.xml")));
        server.on("/one.xml", page(urls("http://a/1")));
        server.on("/two.txt", page("\ufeffhttp://a/2\r\n\r\nnonsense\r\nhttp://a/3"));
        server.on("/three.xml.gz", exchange -> send(exchange, 200, gzip(urls("http://a/4"))));
        assertThat(all()).containsExactly("http://a/1", "http://a/2", "http://a/3", "http://a/4");
    }

    @Test
    void an_index_is_followed_a_few_levels_and_never_in_a_circle() {
        server.on("/sitemap.xml", page(index("/a.xml", "/sitemap.xml", "/b.xml")));
        server.on("/a.xml", page(index("/c.xml")));
        server.on("/b.xml", page(urls("http://a/b")));
        server.on("/c.xml", page(index("/d.xml")));
        server.on("/d.xml", page(urls("http://a/never")));
        assertThat(all())
                .containsExactlyInAnyOrder(
                        server.url("/c.xml") + " sitemap: is an index of sitemaps more than 3 levels deep",
                        "http://a/b");
    }

    @Test
    void one_that_cannot_be_read_is_one_broken_source_and_what_stood_before_the_fault_counts() {
        server.on("/sitemap.xml", page(index("/gone.xml", "/torn.xml", "/good.xml")));
        server.on("/gone.xml", status(410));
        server.on("/torn.xml", page("<urlset>\n<url><loc>http://a/1</loc></url>\n<url><loc>http"));
        server.on("/good.xml", page(urls("http://a/2")));
        assertThat(all())
                .containsExactlyInAnyOrder(
                        server.url("/gone.xml") + " sitemap: HTTP status 410",
                        server.url("/torn.xml") + " sitemap: is no well-formed XML in line 3",
                        "http://a/1",
                        "http://a/2");
    }

    @Test
    void nothing_is_fetched_or_unfolded_for_an_entity() {
        server.on("/secret", page("secret"));
        server.on(
                "/sitemap.xml",
                page("<!DOCTYPE urlset [<!ENTITY x SYSTEM '" + server.url("/secret")
                        + "'><!ENTITY y '&z;&z;'><!ENTITY z 'http://a/'>]><urlset><url><loc>&x;</loc></url>"
                        + "<url><loc>&y;</loc></url><url><loc>http://a/1</loc></url></urlset>"));
        assertThat(all()).allMatch(name -> name.equals("http://a/1") || name.contains("sitemap:"));
        assertThat(server.requests("/secret")).isZero();
    }

    @Test
    void a_bomb_is_bounded_and_so_is_the_number_of_addresses() {
        server.on("/sitemap.xml", page(index("/bomb.gz", "/many.txt")));
        server.on("/bomb.gz", exchange -> send(exchange, 200, gzip("<urlset>" + " ".repeat(60 << 20))));
        server.on(
                "/many.txt",
                page(IntStream.range(0, 60_000).mapToObj(i -> "http://a/" + i).collect(Collectors.joining("\n"))));
        var all = all();
        assertThat(all).hasSize(1 + SitemapFile.MOST_ADDRESSES);
        assertThat(all.getFirst()).contains("/bomb.gz sitemap: ");
    }

    @Test
    void an_interrupt_ends_the_iteration_and_is_not_lost() throws Exception {
        var asked = new CountDownLatch(1);
        server.on("/sitemap.xml", _ -> {
            asked.countDown();
            server.closed.await();
        });
        var interrupted = new AtomicBoolean();
        var thread = Thread.startVirtualThread(() -> {
            assertThat(fetcher.sitemaps().of(URI.create(server.url("/"))).hasNext())
                    .isFalse();
            interrupted.set(Thread.currentThread().isInterrupted());
        });
        asked.await();
        thread.interrupt();
        thread.join();
        assertThat(interrupted.get()).isTrue();
    }

    private static byte[] gzip(String text) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(UTF_8));
        }
        return bytes.toByteArray();
    }
}
