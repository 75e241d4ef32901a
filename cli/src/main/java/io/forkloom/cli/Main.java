package io.forkloom.cli;

import io.forkloom.cli.crawl.CrawlCommand;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command {@code forkloom}. */
@Command(
        name = "forkloom",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        description = "Waits on thousands of things, computes in crash-proof worker processes.",
        footer = {
            "",
            "Exit codes: 0 all done, 1 some inputs failed, 2 wrong usage or input,",
            "3 all failed, 130 interrupted.",
            "",
            "Begin with:  forkloom crawl --demo"
        })
public final class Main implements Runnable {
    @Option(names = "--debug", scope = ScopeType.INHERIT, description = "Show stack traces with errors.")
    private boolean debug;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    public static void main(String[] args) {
        System.exit(execute(Console.system(), args));
    }

    /** Runs one command line and gives its exit code; does not exit. */
    public static int execute(Console console, String... args) {
        var main = new Main();
        var line = new CommandLine(main)
                .addSubcommand(new CrawlCommand(console))
                // What follows the file or the name belongs to the program, even where it looks like our option.
                .addSubcommand(new CommandLine(new RunCommand(console)).setStopAtPositional(true))
                .addSubcommand(new CommandLine(new ExampleCommand(console)).setStopAtPositional(true))
                // @list is a list of sources here, not of arguments.
                .setExpandAtFiles(false)
                .setOut(new PrintWriter(console.out(), true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(console.err(), true, StandardCharsets.UTF_8));
        line.setParameterExceptionHandler((wrong, _) -> {
            console.complain(wrong.getMessage() + " (see " + command(wrong) + " --help)");
            main.explain(wrong, console);
            return ExitCode.USAGE;
        });
        line.setExecutionExceptionHandler((failure, _, _) -> {
            boolean input = failure instanceof InputException;
            console.complain(input ? String.valueOf(failure.getMessage()) : "unexpected: " + failure);
            main.explain(failure, console);
            return input ? ExitCode.USAGE : ExitCode.ALL_FAILED;
        });
        return line.execute(args);
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing: crawl, run or example");
    }

    private static String command(ParameterException wrong) {
        return wrong.getCommandLine().getCommandSpec().qualifiedName();
    }

    private void explain(Throwable failure, Console console) {
        if (debug) {
            failure.printStackTrace(console.err());
        }
    }
}
