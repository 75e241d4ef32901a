package io.forkloom.cli.crawl.view.report;

import io.forkloom.cli.crawl.view.Distribution;
import io.forkloom.cli.crawl.view.Findings;
import io.forkloom.cli.crawl.view.Findings.Named;
import io.forkloom.cli.crawl.view.HostFigures;
import io.forkloom.cli.crawl.view.Setting;
import java.util.List;
import java.util.Locale;

/** A report for a terminal or a mail: plain text, 80 columns but for long names. */
final class TextReport {
    private final StringBuilder out = new StringBuilder();
    private final Findings findings;
    private final Facts facts;

    private TextReport(Findings findings, Facts facts) {
        this.findings = findings;
        this.facts = facts;
    }

    static String of(Findings findings, Facts facts) {
        return new TextReport(findings, facts).write();
    }

    private String write() {
        line(Headline.account(facts) + " (" + Headline.state(facts) + ")");
        line(Headline.story(findings).replace(". For ", ".\nFor "));
        line("From " + Figures.moment(facts.start()) + " to " + Figures.moment(facts.end()));
        table(
                "Outcomes",
                facts.account().endings().stream()
                        .map(ending ->
                                String.format(Locale.ROOT, "%12s  %s", Figures.count(ending.count()), ending.name()))
                        .toList());
        latencies();
        sizes();
        table(
                "Bottleneck",
                findings.held().stream()
                        .map(held -> String.format(
                                Locale.ROOT,
                                "%12s  %s: %s",
                                Figures.share(held.share()),
                                held.kind().brief(),
                                held.kind().advice()))
                        .toList());
        table(
                "Failures by cause",
                findings.failures().stream()
                        .map(each -> String.format(
                                Locale.ROOT,
                                "%12s  %s in %s: %s",
                                Figures.count(each.count()),
                                each.outcome(),
                                each.stage(),
                                each.cause()))
                        .toList());
        hosts();
        table(
                "Types",
                findings.types().stream()
                        .map(type -> String.format(
                                Locale.ROOT,
                                "%12s  %s, %s, parsed in %s in the mean",
                                Figures.count(type.value().pages()),
                                type.name(),
                                Figures.bytes(type.value().bytes()),
                                Figures.time(type.value().mean())))
                        .toList());
        settings("Options", facts.settings());
        settings("Results", facts.results());
        settings("Where it ran", Facts.machine());
        return out.toString();
    }

    private void latencies() {
        var latencies = findings.latencies();
        table(
                "Time for a page",
                List.of(
                        String.format(
                                Locale.ROOT, "%-12s%12s%10s%10s%10s%10s", "", "count", "p50", "p90", "p99", "max"),
                        latency("fetch", latencies.fetch()),
                        latency("parse", latencies.parse()),
                        latency("deliver", latencies.deliver())));
    }

    private static String latency(String stage, Distribution times) {
        return String.format(
                Locale.ROOT,
                "  %-10s%12s%10s%10s%10s%10s",
                stage,
                Figures.count(times.count()),
                Figures.time(times.quantile(0.5)),
                Figures.time(times.quantile(0.9)),
                Figures.time(times.quantile(0.99)),
                Figures.time(times.most()));
    }

    private void sizes() {
        var sizes = findings.sizes();
        table(
                "Sizes",
                List.of("  " + Figures.bytes(findings.counts().bytesFetched()) + " fetched, "
                        + Figures.bytes(findings.counts().bytesDelivered()) + " delivered; a page has "
                        + Figures.bytes(sizes.quantile(0.5)) + " (p50), " + Figures.bytes(sizes.quantile(0.9))
                        + " (p90), "
                        + Figures.bytes(sizes.quantile(0.99)) + " (p99), " + Figures.bytes(sizes.most()) + " (max)"));
    }

    private void hosts() {
        var hosts = findings.hosts();
        String least = hosts.complete() ? "" : ", at least";
        table(
                "Busiest hosts, pages" + least,
                hosts.busiest().stream()
                        .map(host -> host(Figures.count(host.value().pages()), host))
                        .toList());
        table(
                "Slowest hosts, mean time for a page",
                hosts.slowest().stream()
                        .map(host -> host(Figures.time(host.value().mean()), host) + " ("
                                + Figures.count(host.value().pages()) + ")")
                        .toList());
        table(
                "Most failing hosts, failed attempts" + least,
                hosts.failing().stream()
                        .map(host -> host(Figures.count(host.value().failures()), host) + ": "
                                + host.value().cause())
                        .toList());
    }

    private static String host(String figure, Named<HostFigures> host) {
        return String.format(Locale.ROOT, "%12s  %s", figure, host.name());
    }

    private void settings(String title, List<Setting> settings) {
        table(
                title,
                settings.stream()
                        .map(setting -> String.format(Locale.ROOT, "  %-18s%s", setting.name(), setting.value()))
                        .toList());
    }

    private void table(String title, List<String> lines) {
        if (!lines.isEmpty()) {
            out.append('\n');
            line(title);
            lines.forEach(this::line);
        }
    }

    private void line(String text) {
        out.append(text.stripTrailing()).append('\n');
    }
}
