package io.forkloom.cli.advise;

import io.forkloom.cli.ClassPath;
import io.forkloom.cli.Console;
import io.forkloom.cli.ExitCode;
import io.forkloom.cli.FunctionName;
import io.forkloom.cli.InputException;
import io.forkloom.cli.Size;
import io.forkloom.cli.Times;
import io.forkloom.cli.Version;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code forkloom advise com.acme.Work::f}: measures a function, and says which model to run it by. */
@Command(
        name = "advise",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        header = "Measures a function and says what to run it by.",
        synopsisHeading = "%nUsage: ",
        descriptionHeading = "%n",
        parameterListHeading = "%n",
        optionListHeading = "%n",
        footerHeading = "%n",
        customSynopsis = "forkloom advise [OPTION...] CLASS::METHOD",
        description = {
            "Calls a static method again and again in a worker process, and tells what a",
            "call takes: time, how much of it is computing, memory, and the way to another",
            "process and back. Then says which to use: a plain call, virtual threads, a",
            "thread pool, isolates or a process pool, and why. A function that crashes,",
            "exits or never returns ends its worker, and is advised about all the same."
        },
        footer = {
            "Exit codes: 0 advice was given, 2 wrong usage or input.",
            "",
            "Try it:  forkloom advise io.forkloom.examples.RequestHandler::sum \\",
            "             --argument 50000"
        })
public final class AdviseCommand implements Callable<Integer> {
    private static final long LEAST_HEAP = 16L << 20;

    private final Console console;

    @Parameters(
            index = "0",
            paramLabel = "CLASS::METHOD",
            description = {
                "The class's name in full and the method, for example",
                "com.acme.Work::f or com.acme.Work::f(int)."
            })
    private String name = "";

    @Option(
            names = {"--class-path", "-cp"},
            paramLabel = "PATH",
            description = {"Jars and folders with its classes, as java takes it;", "the current folder if not given."})
    private List<String> classPath = new ArrayList<>();

    @Option(
            names = "--argument",
            paramLabel = "VALUE",
            description = {
                "An argument, once for each parameter; @FILE is the",
                "content of a file. Text, numbers, byte[], enums,",
                "Path, URI, Duration and the like."
            })
    private List<String> arguments = new ArrayList<>();

    @Option(
            names = "--for",
            paramLabel = "TIME",
            defaultValue = "5s",
            converter = Times.Converter.class,
            description = {"About how long to measure, and how long one call may", "take: 500ms, 5s, 1m. Default: 5s"})
    private Duration time = Duration.ofSeconds(5);

    @Option(
            names = "--heap",
            paramLabel = "SIZE",
            defaultValue = "128m",
            converter = Size.Converter.class,
            description = "Heap of a worker. Default: 128m")
    private Size heap = new Size(128L << 20);

    @Option(names = "--json", description = "One JSON object; times are in nanoseconds.")
    private boolean json;

    public AdviseCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws InterruptedException {
        var path = ClassPath.of(classPath.isEmpty() ? List.of(".") : classPath);
        if (heap.bytes() < LEAST_HEAP) {
            throw new InputException("--heap " + heap + " is too little: at least 16m");
        }
        var subject = Finder.find(path, FunctionName.of(name), arguments);
        if (console.terminal()) {
            console.err().println("measuring " + subject.name() + " for about " + Times.words(time) + " ...");
        }
        var findings = new Measuring(path, heap, time).measure(subject);
        var report = new AdviceReport(findings, new Advisor(Measuring.processors()).advise(findings));
        if (json) {
            console.out().println(report.json());
            console.out().flush();
        } else {
            report.print(console.out());
        }
        return ExitCode.DONE;
    }
}
