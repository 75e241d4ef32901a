package io.forkloom.cli;

import io.forkloom.bench.Bench;
import io.forkloom.bench.BenchMain;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code forkloom bench}: the measurements, in a JVM as a program of a user has it. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        header = "Measures pools and the async side on this machine.",
        synopsisHeading = "%nUsage: ",
        descriptionHeading = "%n",
        parameterListHeading = "%n",
        optionListHeading = "%n",
        footerHeading = "%n",
        customSynopsis = "forkloom bench [NAME...] [--peers [--python COMMAND]] [--json]",
        description = {
            "Prints a table: name, value, unit, goal, and whether it is reached. Takes a",
            "quarter of an hour, with peers an hour, and wants the machine for itself."
        },
        footer = {
            "Exit codes: 0 measured, 1 some measurements failed, 2 wrong usage or input.",
            "",
            "Try it:  forkloom bench call --peers"
        })
final class BenchCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "NAME",
            description = {
                "What to measure, for example call.noop.p50, or call",
                "for all that begins so; everything if not given."
            })
    private List<String> names = new ArrayList<>();

    @Option(
            names = "--peers",
            description = {
                "Also measure a C program, Python's process pools,",
                "asyncio on uvloop and aiohttp, in turn with ours;",
                "ratio.NAME.PEER tells how many times better ours is."
            })
    private boolean peers;

    @Option(
            names = "--python",
            paramLabel = "COMMAND",
            description = {
                "The Python of the peers, a path or a command with",
                "arguments; the newest that is found if not given."
            })
    private Optional<String> python = Optional.empty();

    @Option(
            names = "--corpus",
            paramLabel = "DIR",
            description = {
                "The pages of crawl.pages, crawl.long and crawl.warm; if",
                "not given, /var/tmp/forkloom-corpus, where they are",
                "brought."
            })
    private Optional<Path> corpus = Optional.empty();

    @Option(names = "--inputs", paramLabel = "N", description = "Of crawl.memory; 100000 if not given.")
    private Optional<Integer> inputs = Optional.empty();

    @Option(names = "--json", description = "Print one JSON object a line: name, value, unit.")
    private boolean json;

    @Override
    public Integer call() {
        for (String name : names) {
            if (!Bench.isName(name)) {
                throw new InputException("nothing to measure is called '" + name + "': choose one of "
                        + String.join(", ", Bench.names()));
            }
        }
        var arguments = new ArrayList<>(names);
        if (peers) {
            arguments.add("--peers");
        }
        if (json) {
            arguments.add("--json");
        }
        python.ifPresent(command -> arguments.addAll(List.of("--python", command)));
        corpus.ifPresent(folder ->
                arguments.addAll(List.of("--corpus", folder.toAbsolutePath().toString())));
        inputs.ifPresent(count -> {
            Range.check("--inputs", count, 1, 100_000_000);
            arguments.addAll(List.of("--inputs", Integer.toString(count)));
        });
        try (var jvm = new ChildJvm()) {
            return jvm.run(List.of(), BenchMain.class.getName(), arguments);
        }
    }
}
