package io.forkloom.cli.top;

import io.forkloom.cli.Console;
import io.forkloom.cli.ExitCode;
import io.forkloom.cli.InputException;
import io.forkloom.cli.Signals;
import io.forkloom.cli.Version;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code forkloom top PID}. */
@Command(
        name = "top",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        header = "Shows what a running program waits for and computes.",
        synopsisHeading = "%nUsage: ",
        descriptionHeading = "%n",
        parameterListHeading = "%n",
        optionListHeading = "%n",
        footerHeading = "%n",
        description = {
            "Its pools, its groups and their subtasks, how long virtual threads wait for a",
            "carrier, and who is on one; anew every second, until Ctrl-C or its end. The",
            "program needs no flag, only Forkloom on its class path, and must be your own."
        },
        footer = {
            "Exit codes: 0 shown, 2 the program cannot be looked at, 130 interrupted.",
            "",
            "Try it:  forkloom top $(pgrep -f com.acme.Main) --once"
        })
public final class TopCommand implements Callable<Integer> {
    private static final String HOME = "\033[H";
    private static final String CLEAR_LINE = "\033[K";
    private static final String CLEAR_REST = "\033[J";
    private static final int PLAIN_WIDTH = 160;

    private final Console console;

    @Parameters(index = "0", paramLabel = "PID", description = "The process to look at.")
    private long pid;

    @Option(names = "--once", description = "One page, and no more.")
    private boolean once;

    @Option(
            names = "--subtasks",
            paramLabel = "N",
            defaultValue = "10",
            description = "How many of each group; 10 if not given.")
    private int subtasks;

    @Option(names = "--json", description = "One JSON object a line, times in milliseconds.")
    private boolean json;

    public TopCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (subtasks < 0) {
            throw new InputException("--subtasks is a number of subtasks, and cannot be " + subtasks);
        }
        var stop = new CountDownLatch(1);
        try (var signals = new Signals(stop::countDown, Duration.ofSeconds(5));
                var target = Target.of(pid)) {
            do {
                show(target.json(subtasks));
            } while (!once && !stop.await(1, TimeUnit.SECONDS));
            return signals.received() ? ExitCode.INTERRUPTED : ExitCode.DONE;
        } catch (IOException ended) {
            console.complain("process " + pid + " has ended");
            return once ? ExitCode.USAGE : ExitCode.DONE;
        }
    }

    private void show(String snapshot) {
        var out = console.out();
        if (json) {
            out.println(snapshot);
        } else if (once || !console.terminal()) {
            Page.of(pid, snapshot, PLAIN_WIDTH).forEach(out::println);
            out.println();
        } else {
            // Written over, not cleared first: that would flicker.
            out.print(HOME);
            Page.of(pid, snapshot, width()).forEach(line -> out.print(line + CLEAR_LINE + "\n"));
            out.print(CLEAR_REST);
        }
        out.flush();
    }

    private static int width() {
        var columns = System.getenv().getOrDefault("COLUMNS", "");
        return columns.matches("[0-9]{2,4}") ? Integer.parseInt(columns) : PLAIN_WIDTH;
    }
}
