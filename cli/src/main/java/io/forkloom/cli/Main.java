package io.forkloom.cli;

import io.forkloom.cli.advise.AdviseCommand;
import io.forkloom.cli.crawl.CrawlCommand;
import io.forkloom.cli.top.TopCommand;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command {@code forkloom}. */
@Command(
        name = "forkloom",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        description = "Waits on thousands of things, computes in crash-proof worker processes.",
        descriptionHeading = "%n",
        optionListHeading = "%n",
        commandListHeading = "%nCommands:%n",
        footerHeading = "%n",
        footer = {
            "Exit codes: 0 all done, 1 some inputs failed, 2 wrong usage or input,",
            "3 all failed, 130 interrupted.",
            "",
            "More:        forkloom COMMAND --help",
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
        return commandLine(console).execute(args);
    }

    static CommandLine commandLine(Console console) {
        var main = new Main();
        var line = new CommandLine(main)
                .addSubcommand(new CrawlCommand(console))
                .addSubcommand(new AdviseCommand(console))
                .addSubcommand(new TopCommand(console))
                .addSubcommand(new BenchCommand())
                // What follows the file or the name belongs to the program, even where it looks like our option.
                .addSubcommand(new CommandLine(new RunCommand(console)).setStopAtPositional(true))
                .addSubcommand(new CommandLine(new ExampleCommand(console)).setStopAtPositional(true))
                // @list is a list of sources here, not of arguments.
                .setExpandAtFiles(false)
                .setOut(new PrintWriter(console.out(), true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(console.err(), true, StandardCharsets.UTF_8));
        line.setParameterExceptionHandler((wrong, _) -> {
            console.complain(main.message(wrong) + " (see " + command(wrong) + " --help)");
            main.explain(wrong, console);
            return ExitCode.USAGE;
        });
        line.setExecutionExceptionHandler((failure, _, _) -> {
            boolean input = failure instanceof InputException;
            console.complain(input ? String.valueOf(failure.getMessage()) : "unexpected: " + failure);
            main.explain(failure, console);
            return input ? ExitCode.USAGE : ExitCode.ALL_FAILED;
        });
        return line;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing: " + commands());
    }

    private String message(ParameterException wrong) {
        boolean ours = wrong.getCommandLine().getParent() == null;
        return ours && wrong instanceof UnmatchedArgumentException unmatched && !unmatched.isUnknownOption()
                ? "there is no command '" + unmatched.getUnmatched().getFirst() + "': choose " + commands()
                : String.valueOf(wrong.getMessage());
    }

    /** {@code crawl, advise, bench, run or example}. */
    private String commands() {
        return String.join(", ", spec.subcommands().keySet()).replaceFirst(", ([^,]*)$", " or $1");
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
