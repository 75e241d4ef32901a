package io.forkloom.cli;

import io.forkloom.examples.Example;
import io.forkloom.examples.Examples;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code forkloom example}: lists the examples, or runs one in a JVM of its own. */
@Command(
        name = "example",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        header = "Lists the examples, or runs one of them.",
        synopsisHeading = "%nUsage: ",
        descriptionHeading = "%n",
        parameterListHeading = "%n",
        optionListHeading = "%n",
        description = "Without a NAME the examples are listed. The exit code is the example's.")
final class ExampleCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "NAME",
            description = "The example's name or id, for example bridge.")
    private @Nullable String name;

    @Parameters(index = "1..*", paramLabel = "ARG", description = "Arguments for the example.")
    private List<String> arguments = new ArrayList<>();

    ExampleCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (name == null) {
            Examples.all().forEach(this::print);
            console.out().flush();
            return ExitCode.DONE;
        }
        Example example = find(name);
        try (var jvm = new ChildJvm()) {
            return jvm.run(List.of(), example.jvmOptions(), example.mainClass(), arguments);
        }
    }

    private static Example find(String wanted) {
        return Examples.all().stream()
                .filter(example ->
                        example.name().equalsIgnoreCase(wanted) || example.id().equalsIgnoreCase(wanted))
                .findFirst()
                .orElseThrow(() -> new InputException("no example is called '" + wanted + "': choose one of "
                        + Examples.all().stream().map(Example::name).collect(Collectors.joining(", "))));
    }

    private void print(Example example) {
        console.out().printf("%-4s %-20s %s%n", example.id(), example.name(), example.about());
    }
}
