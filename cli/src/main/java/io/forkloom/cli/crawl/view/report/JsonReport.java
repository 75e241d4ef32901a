package io.forkloom.cli.crawl.view.report;

import io.forkloom.cli.crawl.view.Distribution;
import io.forkloom.cli.crawl.view.Findings;
import io.forkloom.cli.crawl.view.Findings.Named;
import io.forkloom.cli.crawl.view.HostFigures;
import io.forkloom.cli.crawl.view.Setting;
import io.forkloom.cli.crawl.view.Slice;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A report for programs. Durations are in milliseconds, sizes in bytes, shares from 0 to 1. */
final class JsonReport {
    private static final JsonMapper JSON = JsonMapper.shared();

    private JsonReport() {}

    static String of(Findings findings, Facts facts) {
        var json = JSON.createObjectNode();
        json.put("state", Headline.state(facts));
        json.put("start", facts.start().toString());
        json.put("end", facts.end().toString());
        account(json.putObject("account"), facts.account());
        run(json.putObject("run"), findings);
        var stages = json.putObject("stages");
        distribution(stages.putObject("fetch"), findings.latencies().fetch(), 1e6);
        distribution(stages.putObject("parse"), findings.latencies().parse(), 1e6);
        distribution(stages.putObject("deliver"), findings.latencies().deliver(), 1e6);
        distribution(json.putObject("sizes"), findings.sizes(), 1);
        bottlenecks(json.putArray("bottlenecks"), findings);
        failures(json.putArray("failures"), findings);
        hosts(json.putObject("hosts"), findings.hosts());
        types(json.putArray("types"), findings);
        var timeline = json.putArray("timeline");
        findings.timeline().forEach(slice -> slice(timeline.addObject(), slice));
        settings(json.putArray("options"), facts.settings());
        settings(json.putArray("results"), facts.results());
        var machine = json.putObject("machine");
        Facts.machine().forEach(setting -> machine.put(setting.name(), setting.value()));
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n";
    }

    private static void account(ObjectNode json, Facts.Account account) {
        json.put("read", account.read());
        json.put("done", account.done());
        json.put("failed", account.failures());
        json.put("skipped", account.skips());
        json.put("waiting", account.waiting());
        var outcomes = json.putObject("outcomes");
        outcomes.put("Completed", account.done());
        account.failed().forEach(outcomes::put);
        var skips = json.putObject("skips");
        account.skipped().forEach(skips::put);
    }

    private static void run(ObjectNode json, Findings findings) {
        var counts = findings.counts();
        json.put("ms", rounded((double) findings.nanos() / 1e6));
        json.put("done", counts.done());
        json.put("failed", counts.failed());
        json.put("skipped", counts.skipped());
        json.put("perSecond", rounded(Headline.perSecond(findings, counts.ended())));
        json.put("fetched", counts.fetched());
        json.put("attemptsFailed", counts.attemptsFailed());
        json.put("bytesFetched", counts.bytesFetched());
        json.put("bytesDelivered", counts.bytesDelivered());
    }

    private static void distribution(ObjectNode json, Distribution values, double unit) {
        json.put("count", values.count());
        json.put("mean", rounded(values.mean() / unit));
        json.put("p50", rounded((double) values.quantile(0.5) / unit));
        json.put("p90", rounded((double) values.quantile(0.9) / unit));
        json.put("p99", rounded((double) values.quantile(0.99) / unit));
        json.put("max", rounded((double) values.most() / unit));
    }

    private static void bottlenecks(ArrayNode json, Findings findings) {
        for (var held : findings.held()) {
            json.addObject()
                    .put("name", held.kind().name().toLowerCase(Locale.ROOT))
                    .put("ms", rounded((double) held.nanos() / 1e6))
                    .put("share", rounded(held.share()))
                    .put("advice", held.kind().advice());
        }
    }

    private static void failures(ArrayNode json, Findings findings) {
        for (var failure : findings.failures()) {
            json.addObject()
                    .put("outcome", failure.outcome())
                    .put("stage", failure.stage())
                    .put("cause", failure.cause())
                    .put("count", failure.count());
        }
    }

    private static void hosts(ObjectNode json, Findings.Hosts hosts) {
        json.put("seen", hosts.seen());
        json.put("complete", hosts.complete());
        hosts(json.putArray("busiest"), hosts.busiest());
        hosts(json.putArray("slowest"), hosts.slowest());
        hosts(json.putArray("failing"), hosts.failing());
    }

    private static void hosts(ArrayNode json, List<Named<HostFigures>> hosts) {
        for (var host : hosts) {
            json.addObject()
                    .put("host", host.name())
                    .put("pages", host.value().pages())
                    .put("failedAttempts", host.value().failures())
                    .put("bytes", host.value().bytes())
                    .put("mean", rounded(host.value().mean() / 1e6))
                    .put("max", rounded((double) host.value().slowest() / 1e6))
                    .put("lastCause", host.value().cause());
        }
    }

    private static void types(ArrayNode json, Findings findings) {
        for (var type : findings.types()) {
            json.addObject()
                    .put("type", type.name())
                    .put("pages", type.value().pages())
                    .put("bytes", type.value().bytes())
                    .put("mean", rounded(type.value().mean() / 1e6));
        }
    }

    private static void slice(ObjectNode json, Slice slice) {
        json.put("ms", rounded((double) slice.nanos() / 1e6));
        json.put("done", slice.done());
        json.put("failed", slice.failed());
        json.put("skipped", slice.skipped());
        json.put("fetched", slice.fetched());
        json.put("bytes", slice.bytes());
        json.putObject("full")
                .put("fetch", rounded(slice.fill().fetch()))
                .put("parse", rounded(slice.fill().parse()))
                .put("deliver", rounded(slice.fill().deliver()))
                .put("workers", rounded(slice.fill().workers()))
                .put("journal", rounded(slice.fill().journal()));
        slice.mostHeld().ifPresent(kind -> json.put("bottleneck", kind.name().toLowerCase(Locale.ROOT)));
    }

    private static void settings(ArrayNode json, List<Setting> settings) {
        settings.forEach(setting -> json.addObject().put("name", setting.name()).put("value", setting.value()));
    }

    /** To a thousandth: more digits only make a file larger. */
    private static double rounded(double value) {
        return (double) Math.round(1e3 * value) / 1e3;
    }
}
