package io.forkloom.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code forkloom run File.java}: compiles one source file and runs it with Forkloom on the class path. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        header = "Compiles and runs one Java source file with Forkloom.",
        synopsisHeading = "%nUsage: ",
        descriptionHeading = "%n",
        parameterListHeading = "%n",
        optionListHeading = "%n",
        description = {
            "Compact source files (void main() { ... }) are welcome. The classes go to a",
            "private directory that is removed at the end; Forkloom is on the class path.",
            "The exit code is the program's; 2 where it does not compile."
        })
final class RunCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(index = "0", paramLabel = "FILE", description = "The source file, for example Primes.java.")
    private Path file = Path.of("");

    @Parameters(index = "1..*", paramLabel = "ARG", description = "Arguments for the program.")
    private List<String> arguments = new ArrayList<>();

    RunCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        try (var jvm = new ChildJvm();
                var program = Program.compile(file, console.err())) {
            return jvm.run(List.of(program.classes()), program.mainClass(), arguments);
        } catch (Program.DoesNotCompile shown) {
            // javac's own words are on the screen already.
            return ExitCode.USAGE;
        }
    }
}
