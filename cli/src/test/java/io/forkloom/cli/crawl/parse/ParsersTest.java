package io.forkloom.cli.crawl.parse;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ParsersTest {
    private static final String PAGE = """
            <!doctype html>
            <html lang="de-AT"><head><title> Webstuhl &amp;
              Kette </title><base href="/docs/"></head>
            <body><h1>Überschrift</h1><script>var no = "text";</script><p>Zwei Wörter – und 7.</p>
            <a href="a.html#part">a</a><a href="a.html">again</a><a href="//other.example/b">b</a>
            <a href="file:///etc/passwd">c</a><a href="mailto:x@y.example">d</a><a href="javascript:0">e</a>
            <a href="#top">f</a></body></html>
            """;

    private static Page web(String body, String type, String parser) {
        return web(body.getBytes(UTF_8), type, parser);
    }

    private static Page web(byte[] body, String type, String parser) {
        return new Page(new Origin("http://a.example/x", "http://a.example/x", 200, type), body, Recipe.of(parser));
    }

    private static Page file(String name, byte[] body) {
        return new Page(Origin.file(name), body, Recipe.AUTO);
    }

    private static Map<String, Object> read(Page page) throws Exception {
        return Kinds.parser(page.recipe()).parse(page, Wanted.of(page.recipe())).fields();
    }

    private static String title(byte[] body, String type) throws Exception {
        return String.valueOf(read(web(body, type, "html")).get("title"));
    }

    @Test
    void html_gives_title_text_language_words_and_absolute_links_of_the_web_only() throws Exception {
        var page = web(PAGE, "text/html; charset=utf-8", "auto");
        var reading = read(page);

        assertThat(MediaTypes.of(page)).isEqualTo("text/html");
        assertThat(reading.get("title")).isEqualTo("Webstuhl & Kette");
        assertThat(String.valueOf(reading.get("text")))
                .startsWith("Überschrift Zwei Wörter – und 7.")
                .doesNotContain("var no");
        assertThat(reading.get("language")).isEqualTo("de-at");
        assertThat(reading.get("links"))
                .isEqualTo(List.of("http://a.example/docs/a.html", "http://other.example/b", "http://a.example/docs/"));
        assertThat(reading.get("words")).isEqualTo(8L);
        assertThat(Parsers.parse(page).content().bytes()).isEqualTo(PAGE.getBytes(UTF_8).length);
    }

    @Test
    void a_result_is_one_line_of_json_without_what_does_not_apply() throws Exception {
        var page = file(
                "a.html", "<title>t \"q\"</title>half a pair: &#xd800;, a whole one: \ud83e\uddf5".getBytes(UTF_8));
        byte[] line = Parsers.parse(page).json();

        assertThat(new String(line, UTF_8)).doesNotContain("\n");
        JsonNode json = JsonMapper.shared().readTree(line);
        assertThat(json.propertyNames())
                .containsExactly(
                        "source", "type", "bytes", "sha512", "title", "text", "links", "words", "worker", "ms");
        assertThat(json.get("title").stringValue()).isEqualTo("t \"q\"");
        assertThat(json.get("text").stringValue()).isEqualTo("half a pair: \ufffd, a whole one: \ud83e\uddf5");
        assertThat(json.get("bytes").longValue()).isEqualTo(page.body().length);
        assertThat(json.get("links").isArray()).isTrue();
    }

    @Test
    void the_digest_is_that_of_the_bytes_as_received() throws Exception {
        var result = Parsers.parse(web("abc", "text/plain", "sha512"));

        // The first vector of FIPS 180-2, appendix C.
        assertThat(result.content().sha512())
                .isEqualTo("ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
                        + "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f");
    }

    @Test
    void the_charset_is_that_of_the_header_else_of_the_page_and_a_mark_wins() throws Exception {
        String page = "<title>Grüße</title>";
        assertThat(title(page.getBytes(ISO_8859_1), "text/html; charset=ISO-8859-1"))
                .isEqualTo("Grüße");
        assertThat(title(("<meta charset=windows-1252>" + page).getBytes(Charset.forName("windows-1252")), "text/html"))
                .isEqualTo("Grüße");
        assertThat(title(("\ufeff" + page).getBytes(UTF_8), "text/html; charset=latin1"))
                .isEqualTo("Grüße");
        assertThat(title(("\ufeff" + page).getBytes(UTF_16LE), "text/html")).isEqualTo("Grüße");
    }

    @Test
    void a_charset_that_does_not_exist_is_as_if_none_was_named() throws Exception {
        assertThat(title("<title>Grüße</title>".getBytes(UTF_8), "text/html; charset=klingon-8"))
                .isEqualTo("Grüße");
    }

    @Test
    void text_gives_its_number_of_words_whatever_its_charset() throws Exception {
        byte[] latin = "trois caf\u00e9s - \u00e9t\u00e9\n".getBytes(ISO_8859_1);
        assertThat(read(web(latin, "text/plain", "auto")).get("words")).isEqualTo(3L);
        byte[] utf16 = "\ufeffone two".getBytes(UTF_16LE);
        assertThat(read(web(utf16, "text/plain", "text")).get("words")).isEqualTo(2L);
    }

    @ParameterizedTest
    @CsvSource({
        "page.html, x, text/html",
        "page.xhtml, x, application/xhtml+xml",
        "notes.md, x, text/markdown",
        "unknown, '  <!DOCTYPE html><p>x', text/html",
        "unknown, plain words, text/plain",
        "blob, GIF8, image/gif"
    })
    void a_file_has_the_type_of_its_name_else_of_its_first_bytes(String name, String body, String type)
            throws Exception {
        assertThat(MediaTypes.of(file(name, body.getBytes(UTF_8)))).isEqualTo(type);
    }

    @Test
    void binary_content_is_digested_and_not_read() throws Exception {
        var page = file("blob", new byte[] {0x7f, 'E', 'L', 'F', 0, 1, 2});

        assertThat(MediaTypes.of(page)).isEqualTo("application/octet-stream");
        assertThat(read(page)).isEmpty();
    }

    @Test
    void what_a_server_calls_octets_is_looked_at() throws Exception {
        assertThat(read(web("<html><title>t</title>", "application/octet-stream", "auto"))
                        .get("title"))
                .isEqualTo("t");
    }

    @Test
    void an_empty_page_and_a_very_deep_one_are_read() throws Exception {
        assertThat(read(web("", "text/html", "auto")).get("words")).isEqualTo(0L);
        var deep = read(web("<div>".repeat(20_000) + "end", "text/html", "auto"));
        assertThat(deep.get("text")).isEqualTo("end");
    }

    @Test
    void a_page_of_the_world_cannot_ask_for_what_the_demo_does() throws Exception {
        var crash = "<meta name=forkloom-demo content=crash><title>alive</title>";
        assertThat(read(web(crash, "text/html", "auto")).get("title")).isEqualTo("alive");
    }

    @Test
    void links_are_given_to_whoever_follows_them_whatever_the_result_shows() throws Exception {
        byte[] page = "<title>t</title><a href=\"http://x.example/a\">a</a>".getBytes(UTF_8);
        var recipe = new Recipe("html", "html.links=no", "title,source", false);

        assertThat(Parsers.parse(Pages.of("a", page, recipe)).links()).isEmpty();
        var result = Parsers.parse(Pages.of("a", page, recipe.withLinks(true)));
        assertThat(result.links()).containsExactly("http://x.example/a");
        assertThat(new String(result.json(), UTF_8)).isEqualTo("{\"title\":\"t\",\"source\":\"a\"}");
    }
}
