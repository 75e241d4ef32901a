package io.forkloom.cli.crawl.view.report;

import io.forkloom.cli.crawl.view.Bottleneck;
import io.forkloom.cli.crawl.view.Findings;
import io.forkloom.cli.crawl.view.Setting;
import io.forkloom.cli.crawl.view.report.Tables.Cell;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/**
 * A report as one page that needs nothing else: no script, no request, its style inside. It may be opened by whoever
 * did not run the crawl, so everything that came from a page or a server is text, and the browser is told to load
 * nothing.
 */
final class HtmlReport {
    private static final String CSS = resource("report.css");

    private final Markup page = new Markup();
    private final Findings findings;
    private final Facts facts;

    private HtmlReport(Findings findings, Facts facts) {
        this.findings = findings;
        this.facts = facts;
    }

    static String of(Findings findings, Facts facts) {
        return new HtmlReport(findings, facts).write();
    }

    private String write() {
        page.open("html", "lang", "en").open("head").line();
        page.empty("meta", "charset", "utf-8").line();
        // By its digest this style sheet is allowed, and no other that somebody might get into the page.
        String policy =
                "default-src 'none'; style-src 'sha256-" + digest(CSS) + "'; base-uri 'none'; form-action 'none'";
        page.empty("meta", "http-equiv", "Content-Security-Policy", "content", policy)
                .line();
        page.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1")
                .line();
        page.empty("meta", "name", "color-scheme", "content", "light dark").line();
        page.empty("meta", "name", "referrer", "content", "no-referrer").line();
        page.leaf("title", Headline.account(facts) + " - forkloom crawl").line();
        page.style(CSS).line().close().line();
        page.open("body").open("main").line();
        header();
        throughput();
        bottleneck();
        outcomes();
        section(
                "Latency",
                "How long a page took in each stage, with the time that half, 90 % and 99 % of them did not pass.");
        new LatencyFigure(findings.latencies()).write(page);
        end();
        if (findings.sizes().count() > 0) {
            section("Sizes", "Pages and files as they were received.");
            new SizeFigure(findings.sizes()).write(page);
            end();
        }
        new HostSections(page, findings).write();
        run();
        return page.closeTo(0).page();
    }

    private void header() {
        page.open("header");
        page.open("p", "class", "brand")
                .text("forkloom crawl")
                .leaf("span", Headline.state(facts), "class", "state " + Headline.state(facts))
                .close();
        page.leaf("h1", Headline.account(facts));
        // A number and its unit stay on one line.
        page.leaf("p", Headline.story(findings).replaceAll("(?<=[0-9]) ", "\u00a0"), "class", "lead");
        page.leaf("p", Figures.moment(facts.start()) + " to " + Figures.moment(facts.end()), "class", "when");
        page.open("dl", "class", "tiles").line();
        var counts = findings.counts();
        tile(
                "inputs a second",
                Figures.rate(Headline.perSecond(findings, counts.ended())).replace("/s", ""));
        tile("duration", Figures.duration(Duration.ofNanos(findings.nanos())));
        tile("failed", failed());
        tile("fetched", Figures.bytes(counts.bytesFetched()));
        tile("fetch, p50", Figures.time(findings.latencies().fetch().quantile(0.5)));
        tile("parse, p50", Figures.time(findings.latencies().parse().quantile(0.5)));
        page.close().close().line();
    }

    private String failed() {
        long read = facts.account().read();
        return read == 0 ? "0 %" : Figures.share((double) facts.account().failures() / (double) read);
    }

    private void tile(String name, String value) {
        page.open("div").leaf("dt", name).leaf("dd", value).close().line();
    }

    private void throughput() {
        section("Throughput", "Inputs that came to their end, of this run.");
        var figure = new ThroughputFigure(findings);
        figure.write(page);
        page.open("details").leaf("summary", "As a table");
        figure.writeTable(page);
        page.close();
        end();
    }

    private void bottleneck() {
        if (findings.held().isEmpty()) {
            return;
        }
        section("Bottleneck", "What the rest waited for, by the second. What is full makes all before it full, too.");
        var figure = new ThroughputFigure(findings);
        figure.writeRibbon(page);
        figure.writeLoad(page);
        var rows = findings.held().stream()
                .map(held -> List.of(
                        Cell.signed(held.kind().brief(), style(held.kind())),
                        Cell.bar(Figures.share(held.share()), held.share(), 1),
                        Cell.of(Figures.time(held.nanos())),
                        Cell.of(held.kind().advice())))
                .toList();
        Tables.write(
                page,
                "What held up the crawl",
                List.of("what", "#of the time", "#time", "what it means"),
                rows,
                "neutral");
        end();
    }

    private void outcomes() {
        section("Outcomes", "How all inputs ended, those of earlier runs of this crawl too.");
        var endings = facts.account().endings();
        double all = Math.max(1.0, (double) facts.account().read());
        page.open("svg", "class", "whole", "viewBox", "0 0 1000 22", "preserveAspectRatio", "none")
                .empty("rect", "class", "rail", "width", "1000", "height", "22");
        double x = 0;
        for (var ending : endings) {
            double width = 1000 * (double) ending.count() / all;
            page.open("rect", "class", style(ending), "x", x, "width", Math.max(2.0, width), "height", "22")
                    .leaf("title", ending.name() + " " + Figures.count(ending.count()))
                    .close();
            x += width;
        }
        page.close().line();
        Tables.write(
                page,
                "Outcomes",
                List.of("outcome", "what it is", "#inputs", "#share"),
                endings.stream()
                        .map(ending -> List.of(
                                Cell.signed(ending.name(), style(ending)),
                                Cell.of(ending.kind().name().toLowerCase(Locale.ROOT)),
                                Cell.of(Figures.count(ending.count())),
                                Cell.of(Figures.share((double) ending.count() / all))))
                        .toList(),
                "done");
        failures();
        end();
    }

    private void failures() {
        if (findings.failures().isEmpty()) {
            return;
        }
        long most = findings.failures().getFirst().count();
        Tables.write(
                page,
                "Most frequent causes of failures; … and N stand for what differs from page to page",
                List.of("cause", "stage", "outcome", "#inputs"),
                findings.failures().stream()
                        .map(each -> List.of(
                                Cell.of(each.cause()),
                                Cell.of(each.stage()),
                                Cell.of(each.outcome()),
                                Cell.bar(Figures.count(each.count()), each.count(), most)))
                        .toList(),
                "failed");
    }

    private void run() {
        section("How it was run", "The options that were given. Passwords, keys and tokens are hidden.");
        settings("Options", facts.settings());
        settings("Results", facts.results());
        settings("Where", Facts.machine());
        end();
    }

    private void settings(String title, List<Setting> settings) {
        if (settings.isEmpty()) {
            return;
        }
        page.leaf("h3", title).open("dl", "class", "settings").line();
        for (var setting : settings) {
            page.open("div")
                    .leaf("dt", setting.name())
                    .open("dd")
                    .leaf("bdi", setting.value())
                    .close()
                    .close()
                    .line();
        }
        page.close();
    }

    private void section(String title, String words) {
        page.open("section").leaf("h2", title).leaf("p", words, "class", "note").line();
    }

    private void end() {
        page.close().line();
    }

    /** A coloured sign and its meaning. */
    static void key(Markup page, String style, String words) {
        page.open("span");
        sign(page, style);
        page.text(words).close();
    }

    static void sign(Markup page, String style) {
        page.open("svg", "class", "sign", "viewBox", "0 0 12 12", "aria-hidden", "true")
                .empty("rect", "class", style, "width", "12", "height", "12", "rx", "3")
                .close();
    }

    static String style(Bottleneck.Kind kind) {
        return "held-" + kind.name().toLowerCase(Locale.ROOT);
    }

    private static String style(Facts.Ending ending) {
        return switch (ending.kind()) {
            case DONE -> "done";
            case SKIPPED -> "neutral";
            case WAITING -> "rail";
            case FAILED ->
                switch (ending.name()) {
                    case "TimedOut", "OutOfMemory", "Crashed" ->
                        "outcome-" + ending.name().toLowerCase(Locale.ROOT);
                    default -> "failed";
                };
        };
    }

    private static String digest(String css) {
        try {
            var sha = MessageDigest.getInstance("SHA-256");
            return Base64.getEncoder().encodeToString(sha.digest(css.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }

    private static String resource(String name) {
        try (var in = HtmlReport.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing in the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
