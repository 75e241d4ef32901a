package io.forkloom.cli.crawl.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The examples of RFC 9309, by its sections, and what it says besides. */
@Timeout(60)
class RobotsFileTest {
    private static RobotRules rules(String robots, String product) {
        return RobotsFile.parse(robots.getBytes(StandardCharsets.UTF_8), product);
    }

    private static boolean allows(String robots, String product, String path) {
        return rules(robots, product).allows(URI.create("https://example.com" + path));
    }

    private static boolean disallowed(String pattern, String path) {
        return !allows("User-agent: *\nDisallow: " + pattern + "\n", "x", path);
    }

    @ParameterizedTest
    @CsvSource({
        "anybot, /publications/a.html, true",
        "anybot, /publications/a.gif, true",
        "anybot, /a.gif, false",
        "anybot, /a.gif?size=1, true",
        "anybot, /example/page.html, false",
        "anybot, /, true",
        "foobot, /example/page.html, true",
        "foobot, /example/allowed.gif, true",
        "foobot, /example/other.html, false",
        "foobot, /, false",
        "foobot, /robots.txt, true",
        "barbot, /example/page.html, false",
        "barbot, /a.gif, true",
        "bazbot, /example/page.html, false",
        "bazbot, /example/, true",
        "quxbot, /example/page.html, true",
        "quxbot, /a.gif, true",
    })
    void section_5_1_the_simple_example(String product, String path, boolean allowed) {
        String robots = """
                User-Agent: *
                Disallow: *.gif$
                Disallow: /example/
                Allow: /publications/

                User-Agent: foobot
                Disallow:/
                Allow:/example/page.html
                Allow:/example/allowed.gif

                User-Agent: barbot
                User-Agent: bazbot
                Disallow: /example/page.html

                User-Agent: quxbot
                """;
        assertThat(allows(robots, product, path)).isEqualTo(allowed);
    }

    @Test
    void section_5_2_the_longest_match_decides() {
        String robots = """
                User-Agent: foobot
                Allow: /example/page/
                Disallow: /example/page/disallowed.gif
                """;
        assertThat(allows(robots, "foobot", "/example/page/")).isTrue();
        assertThat(allows(robots, "foobot", "/example/page/disallowed.gif")).isFalse();
        assertThat(allows(robots, "foobot", "/example/page/other.gif")).isTrue();
    }

    @Test
    void section_2_2_1_groups_of_the_same_product_are_one_and_names_are_told_apart_without_their_case() {
        String robots = """
                user-agent: ExampleBot
                disallow: /foo
                disallow: /bar

                user-agent: ExampleBot
                disallow: /baz
                """;
        for (String path : new String[] {"/foo", "/bar", "/baz"}) {
            assertThat(allows(robots, "eXampleBOT", path)).as(path).isFalse();
            assertThat(allows(robots, "Example", path)).as(path).isTrue();
            assertThat(allows(robots, "ExampleBot-News", path)).as(path).isTrue();
        }
    }

    @Test
    void section_2_2_1_who_has_no_group_heeds_everybodys() {
        String robots = """
                user-agent: *
                disallow: /foo
                disallow: /bar

                user-agent: BazBot
                disallow: /baz
                """;
        assertThat(allows(robots, "ExampleBot", "/foo")).isFalse();
        assertThat(allows(robots, "ExampleBot", "/baz")).isTrue();
        assertThat(allows(robots, "BazBot", "/foo")).isTrue();
        assertThat(allows("user-agent: BazBot\ndisallow: /", "ExampleBot", "/foo"))
                .as("no group of anybody's")
                .isTrue();
    }

    @Test
    void section_2_2_2_of_two_equally_long_the_one_that_allows_holds() {
        assertThat(allows("user-agent: *\ndisallow: /page\nallow: /page", "x", "/page"))
                .isTrue();
        assertThat(allows("user-agent: *\nallow: /page\ndisallow: /page", "x", "/page"))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "/foo/bar?baz=quz, /foo/bar?baz=quz",
        "/foo/bar?baz=https://foo.bar, /foo/bar?baz=https%3A%2F%2Ffoo.bar",
        "/foo/bar/ツ, /foo/bar/%E3%83%84",
        "/foo/bar/%E3%83%84, /foo/bar/%e3%83%84",
        "/foo/bar/%62%61%7A, /foo/bar/baz",
    })
    void section_2_2_2_figure_4_it_does_not_matter_what_is_percent_encoded(String one, String other) {
        String ascii = URI.create(one).toASCIIString();
        assertThat(disallowed(one, other)).isTrue();
        assertThat(disallowed(other, ascii)).isTrue();
        assertThat(disallowed(one, ascii)).isTrue();
    }

    @Test
    void a_slash_that_is_encoded_in_a_path_is_another_than_one_that_is_not() {
        assertThat(disallowed("/a%2Fb", "/a%2fb")).isTrue();
        assertThat(disallowed("/a%2Fb", "/a/b")).isFalse();
    }

    @Test
    void section_2_2_3_comments_ends_and_stars() {
        assertThat(allows("# all\nuser-agent: * # everybody\ndisallow: / # all\n", "x", "/foo"))
                .isFalse();
        assertThat(allows("user-agent: *\nallow: /this/path/exactly$\ndisallow: /", "x", "/this/path/exactly"))
                .isTrue();
        assertThat(allows("user-agent: *\nallow: /this/path/exactly$\ndisallow: /", "x", "/this/path/exactly/not"))
                .isFalse();
        assertThat(disallowed("/this/*/exactly", "/this/very/long/path/exactly"))
                .isTrue();
        assertThat(disallowed("/this/*/exactly", "/this/exactly")).isFalse();
    }

    @Test
    void section_2_2_3_figure_6_a_star_or_dollar_itself_is_encoded() {
        assertThat(disallowed("/path/file-with-a-%2A.html", "/path/file-with-a-*.html"))
                .isTrue();
        assertThat(disallowed("/path/file-with-a-%2A.html", "/path/file-with-a-b.html"))
                .isFalse();
        assertThat(disallowed("/path/foo-%24", "/path/foo-$")).isTrue();
        assertThat(disallowed("/path/foo-%24", "/path/foo-")).isFalse();
        assertThat(disallowed("/a$b", "/a$b")).as("no end in the middle").isTrue();
    }

    @Test
    void section_2_2_4_other_lines_end_no_group() {
        String robots = """
                User-agent: a
                Sitemap: https://example.com/one.xml
                Crawl-delay: 2.5
                Something: else
                and what is no line at all

                User-agent: b
                Disallow: /foo
                sitemap: https://example.com/two.xml
                """;
        assertThat(allows(robots, "a", "/foo")).isFalse();
        assertThat(allows(robots, "b", "/foo")).isFalse();
        assertThat(rules(robots, "c").sitemaps())
                .containsExactly("https://example.com/one.xml", "https://example.com/two.xml");
        assertThat(rules(robots, "a").delay()).isEqualTo(Duration.ofMillis(2500));
    }

    @ParameterizedTest
    @CsvSource({"0.5, 500", "10, 10000", "3600, 60000", "-1, 0", "1e9, 0", "soon, 0", "'', 0"})
    void a_crawl_delay_is_bounded_and_nonsense_is_none(String delay, long millis) {
        assertThat(rules("user-agent: *\ncrawl-delay: " + delay, "x").delay()).isEqualTo(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @CsvSource({"'\r\n'", "'\n'", "'\r'", "'\n\n\r\n  '"})
    void lines_may_end_as_they_like_and_a_byte_order_mark_may_stand_before_them(String end) {
        String robots = "\ufeffuser-AGENT :*" + end + "\t DISallow\t:\t/foo" + end;
        assertThat(allows(robots, "x", "/foo")).isFalse();
        assertThat(allows(robots, "x", "/bar")).isTrue();
    }

    @Test
    void a_name_may_have_a_version_and_an_empty_pattern_matches_nothing() {
        assertThat(allows("user-agent: forkloom-crawl/1.0\ndisallow: /", "forkloom-crawl", "/a"))
                .isFalse();
        assertThat(allows("user-agent: *\ndisallow:", "x", "/a")).isTrue();
    }

    @Test
    void what_is_no_robots_txt_allows_everything_and_breaks_nothing() {
        assertThat(allows("<!doctype html><title>Not found</title>", "x", "/a")).isTrue();
        assertThat(allows("", "x", "")).isTrue();
        assertThat(allows("disallow: /\nuser-agent: y\ndisallow: /", "x", "/a")).isTrue();
        assertThat(RobotsFile.parse(new byte[] {(byte) 0xff, 0, (byte) 0x80, ':', '%'}, "x")
                        .allows(URI.create("http://a/")))
                .isTrue();
    }

    @Test
    void thousands_of_patterns_made_to_be_slow_are_not() {
        var robots = new StringBuilder("user-agent: *\n");
        for (int i = 0; i < 10_000; i++) {
            robots.append("disallow: /*a*a*a*a*a*b").append(i).append("$\n");
        }
        assertThat(allows(robots.toString(), "x", "/" + "a".repeat(8_000))).isTrue();
    }
}
