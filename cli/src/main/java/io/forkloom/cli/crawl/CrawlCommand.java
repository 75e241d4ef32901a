package io.forkloom.cli.crawl;

import io.forkloom.cli.Console;
import io.forkloom.cli.ExitCode;
import io.forkloom.cli.Version;
import io.forkloom.cli.crawl.config.Configuration;
import io.forkloom.cli.crawl.view.DryRun;
import io.forkloom.cli.crawl.view.Meter;
import io.forkloom.cli.crawl.view.Setting;
import io.forkloom.cli.crawl.view.report.Settings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code forkloom crawl}: from what the user gave ({@link CrawlOptions}) to an exit code. */
@Command(
        name = "crawl",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        customSynopsis = {"forkloom crawl [OPTION...] --to=OUT SOURCE...", "       forkloom crawl [OPTION...] --demo"},
        header = "Fetches and parses pages and files, one JSON object a line.",
        synopsisHeading = "%nUsage: ",
        descriptionHeading = "%n",
        parameterListHeading = "%n",
        optionListHeading = "%n",
        footerHeading = "%n",
        description = {
            "Pages are parsed in worker processes. One that crashes its parser, loops or",
            "fills the memory costs itself and nothing else: OUT.failed.jsonl says what",
            "became of it. OUT appears when it is complete. A crawl that was ended, in",
            "whatever way, goes on when the same command is given again."
        },
        footer = {
            "Fields of an html result: source, status, type, bytes, sha512, title, text,",
            "links, language, words, worker, ms. Those of others: docs/parsers.md.",
            "",
            "Exit codes: 0 all done, 1 some inputs failed, 2 wrong usage or input,",
            "3 all failed, 130 interrupted.",
            "",
            "Try it:  forkloom crawl --demo"
        })
public final class CrawlCommand implements Callable<Integer> {
    /** What a dry run reads of the sources at most. */
    private static final Duration DRY_RUN = Duration.ofSeconds(10);

    private final Console console;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private final CrawlOptions options = new CrawlOptions();

    public CrawlCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        options.view.config().ifPresent(file -> Configuration.apply(file, spec));
        options.refuseSourcesOfDemo();
        if (options.journal.status) {
            return status();
        }
        return options.demo ? demo() : crawl();
    }

    private int crawl() {
        var plan = options.plan(console.in());
        if (options.view.dryRun()) {
            return dryRun(plan);
        }
        var report = new Report(console, plan.output().targets(), options.view, true);
        var meter = new Meter();
        try (var stop = new StopButton()) {
            Summary summary = Crawl.run(plan, new Crawl.Onlookers(console, meter, _ -> {}), stop);
            report.tell(summary, meter, settings());
            return summary.exitCode();
        }
    }

    private int status() {
        Status.print(options.deliver.places(), options.view.json(), console);
        return ExitCode.DONE;
    }

    private int dryRun(CrawlPlan plan) {
        var settings = new ArrayList<>(Settings.effective(spec));
        settings.addFirst(new Setting("journal", Beginning.foreseen(plan.output())));
        try {
            DryRun.of(plan.sources(), DRY_RUN).print(console.out(), settings, DRY_RUN);
            return ExitCode.DONE;
        } catch (InterruptedException noTerminalSendsThis) {
            Thread.currentThread().interrupt();
            return ExitCode.INTERRUPTED;
        }
    }

    private int demo() {
        var demo = new Demo();
        try (var stop = new StopButton();
                var output = DemoOutput.of(options.deliver.places());
                var site = new DemoSite()) {
            var plan = options.demoPlan(site.urls(), output.file());
            var report = new Report(
                    console,
                    plan.output().targets(),
                    options.view,
                    output.folder().isEmpty());
            var meter = new Meter();
            Summary summary = Crawl.run(plan, new Crawl.Onlookers(console, meter, demo), stop);
            report.tell(summary, meter, settings());
            if (!plan.quiet() && !summary.interrupted()) {
                demo.print(console, summary);
            }
            return demo.exitCode(summary);
        }
    }

    private List<Setting> settings() {
        var given = spec.commandLine().getParseResult();
        return given == null ? List.of() : Settings.of(given);
    }
}
