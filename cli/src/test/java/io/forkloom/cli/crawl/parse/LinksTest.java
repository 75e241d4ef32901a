package io.forkloom.cli.crawl.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LinksTest {
    private static final String BASE = "http://a/b/c/d;p?q";

    private static List<String> of(String base, String... hrefs) {
        var links = new Links(base, "http://self.example/");
        List.of(hrefs).forEach(links::add);
        return links.found();
    }

    /** RFC 3986, 5.4, but for those that give no http address, and without fragments. */
    @ParameterizedTest
    @CsvSource({
        "g, http://a/b/c/g",
        "./g, http://a/b/c/g",
        "g/, http://a/b/c/g/",
        "/g, http://a/g",
        "//g, http://g",
        "?y, http://a/b/c/d;p?y",
        "g?y, http://a/b/c/g?y",
        "#s, http://a/b/c/d;p?q",
        "g#s, http://a/b/c/g",
        "g?y#s, http://a/b/c/g?y",
        ";x, http://a/b/c/;x",
        "g;x, http://a/b/c/g;x",
        "'', http://a/b/c/d;p?q",
        "., http://a/b/c/",
        "./, http://a/b/c/",
        ".., http://a/b/",
        "../, http://a/b/",
        "../g, http://a/b/g",
        "../.., http://a/",
        "../../, http://a/",
        "../../g, http://a/g",
        "../../../g, http://a/g",
        "/./g, http://a/g",
        "/../g, http://a/g",
        "g., http://a/b/c/g.",
        ".g, http://a/b/c/.g",
        "g.., http://a/b/c/g..",
        "..g, http://a/b/c/..g",
        "./../g, http://a/b/g",
        "./g/., http://a/b/c/g/",
        "g/./h, http://a/b/c/g/h",
        "g/../h, http://a/b/c/h",
        "g?y/./x, http://a/b/c/g?y/./x",
        "g?y/../x, http://a/b/c/g?y/../x"
    })
    void the_examples_of_the_standard_hold(String href, String address) {
        assertThat(of(BASE, href)).containsExactly(address);
    }

    @Test
    void only_addresses_of_the_web_count_each_once_and_not_the_page_itself() {
        assertThat(of(
                        "http://x.example/a/",
                        "b",
                        "b#part",
                        " b ",
                        "mailto:x@y",
                        "javascript:void(0)",
                        "ftp://x.example/",
                        "http://self.example/#top",
                        "HTTPS://Y.example/z"))
                .containsExactly("http://x.example/a/b", "HTTPS://Y.example/z");
        assertThat(of("", "relative", "http://x.example/whole")).containsExactly("http://x.example/whole");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u00fcber seite",
                "a b",
                "x|y",
                "http:",
                "http://",
                "//",
                "\\back",
                "%zz",
                "http://[::1",
                "a:b:c"
            })
    void odd_ones_break_nothing(String href) {
        assertThat(of("http://x.example/a/", href)).hasSizeLessThanOrEqualTo(1);
    }
}
