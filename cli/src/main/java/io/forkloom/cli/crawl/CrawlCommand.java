package io.forkloom.cli.crawl;

import io.forkloom.cli.Console;
import io.forkloom.cli.Version;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

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
            "became of it. OUT appears when it is complete; an interrupted crawl leaves",
            "no file."
        },
        footer = {
            "Fields of a result: source, status, type, bytes, sha512 (of the content as",
            "received), title, text, links, language, words, worker, ms. What does not",
            "apply is left out.",
            "",
            "Exit codes: 0 all done, 1 some inputs failed, 2 wrong usage or input,",
            "3 all failed, 130 interrupted.",
            "",
            "Try it:  forkloom crawl --demo"
        })
public final class CrawlCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private final CrawlOptions options = new CrawlOptions();

    public CrawlCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        options.refuseSourcesOfDemo();
        return options.demo ? demo() : crawl();
    }

    private int crawl() {
        var plan = options.plan(console.in());
        try (var stop = new StopButton()) {
            Summary summary = Crawl.run(plan, console, _ -> {}, stop);
            report(plan).print(summary);
            return summary.exitCode();
        }
    }

    private int demo() {
        var demo = new Demo();
        try (var stop = new StopButton();
                var output = DemoOutput.of(options.deliver.to());
                var site = new DemoSite()) {
            var plan = options.demoPlan(console.in(), site.urls(), output.file());
            Summary summary = Crawl.run(plan, console, demo, stop);
            report(plan).print(summary);
            if (!plan.quiet() && !summary.interrupted()) {
                demo.print(console, summary);
            }
            return demo.exitCode(summary);
        }
    }

    private Report report(CrawlPlan plan) {
        return new Report(console, plan.destination(), plan.quiet(), options.view.json());
    }
}
