package io.forkloom.cli.crawl.view.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.forkloom.cli.InputException;
import io.forkloom.cli.crawl.view.Findings;
import io.forkloom.cli.crawl.view.Meter;
import io.forkloom.cli.crawl.view.RecordedCrawl;
import io.forkloom.cli.crawl.view.Setting;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ReportTest {
    private static final RecordedCrawl CRAWL = RecordedCrawl.of(7, 100);

    @TempDir
    Path folder;

    private static Facts nothing() {
        var account = new Facts.Account(0, 0, Map.of(), Map.of(), 0);
        return new Facts(Instant.EPOCH, Instant.EPOCH, true, account, List.of(), List.of());
    }

    /** Everything is closed and quoted, so that it is XML, too. */
    private static Document parsed(String html) throws Exception {
        String withoutDoctype = html.replaceFirst("(?i)<!doctype html>", "");
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(withoutDoctype)));
    }

    @Test
    void the_text_tells_the_account_the_latencies_the_causes_and_the_hosts() {
        String text = TextReport.of(CRAWL.findings(), CRAWL.facts());

        assertThat(text.lines().findFirst().orElseThrow())
                .matches("[0-9,]+ of [0-9,]+ inputs done, [0-9,]+ failed, .*");
        assertThat(text)
                .contains("For 6", " of the time the bottleneck was: parse is full (more cores would help).")
                .contains("HTTP status 404", "no such host: …", "slow.archive.example", "text/html", "--per-host")
                .containsPattern("fetch +[0-9,]+ +[0-9.]+ ms +[0-9.]+ ms");
        assertThat(text.lines()).noneMatch(line -> line.endsWith(" "));
    }

    @Test
    void the_json_adds_up_for_programs() {
        JsonNode json = JsonMapper.shared().readTree(JsonReport.of(CRAWL.findings(), CRAWL.facts()));

        var account = json.get("account");
        long ends = account.get("done").longValue()
                + account.get("failed").longValue()
                + account.get("skipped").longValue();
        assertThat(account.get("read").longValue()).isEqualTo(ends);
        assertThat(json.get("timeline")
                        .valueStream()
                        .mapToLong(slice -> slice.get("done").longValue())
                        .sum())
                .isEqualTo(account.get("done").longValue());
        assertThat(json.get("bottlenecks")
                        .valueStream()
                        .mapToDouble(each -> each.get("share").doubleValue())
                        .sum())
                .isBetween(0.99, 1.01);
        assertThat(json.get("stages").get("fetch").get("p99").doubleValue())
                .isGreaterThan(json.get("stages").get("fetch").get("p50").doubleValue());
        assertThat(json.get("options").get(1).get("name").stringValue()).isEqualTo("--per-host");
        assertThat(json.get("machine").get("java").stringValue()).isNotBlank();
        assertThat(json.get("state").stringValue()).isEqualTo("complete");
    }

    @Test
    void the_page_has_a_plot_and_a_table_for_each_part_and_every_plot_has_its_name() throws Exception {
        var page = parsed(HtmlReport.of(CRAWL.findings(), CRAWL.facts()));

        var heads = page.getElementsByTagName("h2");
        var names = new ArrayList<String>();
        for (int i = 0; i < heads.getLength(); i++) {
            names.add(heads.item(i).getTextContent());
        }
        assertThat(names)
                .containsExactly(
                        "Throughput", "Bottleneck", "Outcomes", "Latency", "Sizes", "Hosts", "Types", "How it was run");
        var plots = page.getElementsByTagName("svg");
        int named = 0;
        for (int i = 0; i < plots.getLength(); i++) {
            var attributes = plots.item(i).getAttributes();
            if (attributes.getNamedItem("role") != null) {
                named++;
                assertThat(attributes.getNamedItem("aria-label").getNodeValue()).isNotBlank();
            }
        }
        assertThat(named).as("four plots, each wide and narrow").isEqualTo(8);
        assertThat(page.getElementsByTagName("caption").getLength()).isGreaterThanOrEqualTo(8);
    }

    @Test
    void a_crawl_without_any_input_has_a_report_too() throws Exception {
        var findings = new Meter().findings();

        assertThat(TextReport.of(findings, nothing())).startsWith("0 of 0 inputs done (interrupted)");
        assertThat(JsonMapper.shared()
                        .readTree(JsonReport.of(findings, nothing()))
                        .get("state")
                        .stringValue())
                .isEqualTo("interrupted");
        assertThat(parsed(HtmlReport.of(findings, nothing()))
                        .getElementsByTagName("h1")
                        .getLength())
                .isEqualTo(1);
    }

    @Test
    void a_crawl_of_a_moment_has_a_report_too() throws Exception {
        var meter = new Meter();
        meter.fetched("a.example", 1, 0);
        meter.parsed("", 1, 0);
        meter.delivered(0, 0);
        meter.ended(Meter.COMPLETED, "", "");
        var account = new Facts.Account(1, 1, Map.of(), Map.of(), 0);
        var facts = new Facts(Instant.EPOCH, Instant.EPOCH, false, account, List.of(), List.of());

        assertThat(TextReport.of(meter.findings(), facts)).startsWith("All 1 input done (complete)");
        parsed(HtmlReport.of(meter.findings(), facts));
    }

    @Test
    void what_servers_and_pages_say_stays_text() throws Exception {
        String evil = "</td><script>alert(1)</script><img src=x onerror=alert(2)>\"'&amp;\u0000\u001b[31m\u202e";
        var meter = new Meter();
        meter.fetched(evil, 5, 5);
        meter.fetchFailed(evil, evil);
        meter.parsed(evil, 5, 5);
        meter.ended(evil, evil, evil);
        var account = new Facts.Account(1, 0, Map.of(evil, 1L), Map.of(evil, 1L), 0);
        var setting = new Setting(evil, evil);
        var facts = new Facts(Instant.EPOCH, Instant.EPOCH, false, account, List.of(setting), List.of(setting));

        var page = parsed(HtmlReport.of(meter.findings(), facts));
        assertThat(page.getElementsByTagName("script").getLength()).isZero();
        assertThat(page.getElementsByTagName("img").getLength()).isZero();
        assertThat(page.getDocumentElement().getTextContent()).contains("</td><script>alert(1)</script>");
        assertThat(TextReport.of(meter.findings(), nothing())).doesNotContain("\u001b", "\u0000", "\u202e");
    }

    @Test
    void the_end_of_the_name_says_what_is_written_and_an_older_report_is_replaced() throws IOException {
        Path text = Files.writeString(folder.resolve("crawl.txt"), "old");
        var files = ReportFile.of(List.of(
                text.toString(),
                folder.resolve("crawl.JSON").toString(),
                folder.resolve("crawl.html").toString()));
        for (var file : files) {
            file.write(CRAWL.findings(), CRAWL.facts());
        }

        assertThat(text).content().startsWith(Headline.account(CRAWL.facts()));
        assertThat(folder.resolve("crawl.JSON")).content().startsWith("{");
        assertThat(folder.resolve("crawl.html")).content().startsWith("<!doctype html>");
        try (var all = Files.list(folder)) {
            assertThat(all).as("nothing else is left").hasSize(3);
        }
    }

    @Test
    void a_name_that_cannot_be_written_is_refused_before_work_starts() {
        refused(folder.resolve("report.pdf"), "must end with .txt, .json or .html");
        refused(folder.resolve("none").resolve("report.txt"), "does not exist");
        assertThatThrownBy(() -> ReportFile.of(List.of(folder + "/a.txt", folder + "/./a.txt")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("was given twice");
    }

    private static void refused(Path name, String why) {
        assertThatThrownBy(() -> ReportFile.of(List.of(name.toString())))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("--report " + name)
                .hasMessageContaining(why);
    }

    @Test
    void a_night_of_a_million_pages_is_a_file_that_opens_at_once() {
        Findings night = RecordedCrawl.of(1, 4_000).findings();

        assertThat(HtmlReport.of(night, CRAWL.facts())).hasSizeLessThan(200_000);
    }
}
