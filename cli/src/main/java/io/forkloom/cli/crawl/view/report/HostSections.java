package io.forkloom.cli.crawl.view.report;

import io.forkloom.cli.crawl.view.Findings;
import io.forkloom.cli.crawl.view.Findings.Named;
import io.forkloom.cli.crawl.view.HostFigures;
import io.forkloom.cli.crawl.view.report.Tables.Cell;
import java.util.List;
import java.util.stream.Stream;

/** Hosts and media types of a page. */
final class HostSections {
    private final Markup page;
    private final Findings findings;
    private final Findings.Hosts hosts;

    HostSections(Markup page, Findings findings) {
        this.page = page;
        this.findings = findings;
        this.hosts = findings.hosts();
    }

    void write() {
        if (hosts.seen() > 0) {
            page.open("section").leaf("h2", "Hosts");
            page.leaf("p", words(), "class", "note").line();
            busiest();
            slowest();
            failing();
            page.close().line();
        }
        if (!findings.types().isEmpty()) {
            page.open("section").leaf("h2", "Types").leaf("p", "Pages and files that were parsed.", "class", "note");
            types();
            page.close().line();
        }
    }

    private String words() {
        return hosts.complete()
                ? Figures.count(hosts.seen()) + (hosts.seen() == 1 ? " host was asked." : " hosts were asked.")
                : "More than " + Figures.count(hosts.seen())
                        + " hosts were asked: only the largest were kept, and their counts are lower bounds.";
    }

    private void busiest() {
        table(
                "Busiest hosts",
                List.of("host", "#pages", "#bytes", "#mean time"),
                hosts.busiest(),
                "done",
                host -> List.of(
                        Cell.bar(
                                Figures.count(host.pages()),
                                host.pages(),
                                hosts.busiest().getFirst().value().pages()),
                        Cell.of(Figures.bytes(host.bytes())),
                        Cell.of(Figures.time(host.mean()))));
    }

    private void slowest() {
        table(
                "Slowest hosts",
                List.of("host", "#mean time", "#max", "#pages"),
                hosts.slowest(),
                "fetch",
                host -> List.of(
                        Cell.bar(
                                Figures.time(host.mean()),
                                host.mean(),
                                hosts.slowest().getFirst().value().mean()),
                        Cell.of(Figures.time(host.slowest())),
                        Cell.of(Figures.count(host.pages()))));
    }

    private void failing() {
        table(
                "Most failing hosts",
                List.of("host", "#failed attempts", "#pages", "last cause"),
                hosts.failing(),
                "failed",
                host -> List.of(
                        Cell.bar(
                                Figures.count(host.failures()),
                                host.failures(),
                                hosts.failing().getFirst().value().failures()),
                        Cell.of(Figures.count(host.pages())),
                        Cell.of(host.cause())));
    }

    private interface Columns {
        List<Cell> of(HostFigures host);
    }

    private void table(
            String caption, List<String> heads, List<Named<HostFigures>> rows, String style, Columns columns) {
        if (!rows.isEmpty()) {
            Tables.write(
                    page,
                    caption,
                    heads,
                    rows.stream()
                            .map(host -> Stream.concat(
                                            Stream.of(Cell.of(host.name())), columns.of(host.value()).stream())
                                    .toList())
                            .toList(),
                    style);
        }
    }

    private void types() {
        long most = findings.types().getFirst().value().pages();
        Tables.write(
                page,
                "Media types",
                List.of("type", "#pages", "#bytes", "#parse, mean"),
                findings.types().stream()
                        .map(type -> List.of(
                                Cell.of(type.name()),
                                Cell.bar(
                                        Figures.count(type.value().pages()),
                                        type.value().pages(),
                                        most),
                                Cell.of(Figures.bytes(type.value().bytes())),
                                Cell.of(Figures.time(type.value().mean()))))
                        .toList(),
                "parse");
    }
}
