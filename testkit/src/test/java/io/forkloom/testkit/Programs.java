package io.forkloom.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Runs the programs that stand in tests, each in a JVM of its own. */
final class Programs {
    /** A process group of its own, in which Ctrl-C means what it means at a terminal, whoever started the tests. */
    private static final List<String> AS_AT_A_TERMINAL = List.of("env", "--default-signal=INT", "setsid");

    private Programs() {}

    /** Words that begin with - are options of the JVM; the others go to the program. Its output, with errors, is ours. */
    static Process start(Class<?> program, Map<String, String> environment, List<String> words) throws IOException {
        return start(List.of(), program, environment, words);
    }

    /** Its process id is that of its process group. */
    static Process startAsAtATerminal(Class<?> program, String... words) throws IOException {
        return start(AS_AT_A_TERMINAL, program, Map.of(), List.of(words));
    }

    /** With so many descriptors at the most. The JVM raises the soft limit to the hard one, so both are set. */
    static Process startWithDescriptors(int most, Class<?> program, String... words) throws IOException {
        var launcher = List.of("sh", "-c", "ulimit -n " + most + "; exec \"$0\" \"$@\"");
        return start(launcher, program, Map.of(), List.of(words));
    }

    static Process startWithin(ControlGroup group, Class<?> program, String... words) throws IOException {
        var launcher = List.of("sh", "-c", "echo $$ > " + group.members() + "; exec \"$0\" \"$@\"");
        return start(launcher, program, Map.of(), List.of(words));
    }

    private static Process start(
            List<String> launcher, Class<?> program, Map<String, String> environment, List<String> words)
            throws IOException {
        var command = new ArrayList<String>(launcher);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.stream().filter(word -> word.startsWith("-")).forEach(command::add);
        command.addAll(List.of("-Xmx64m", "-cp", System.getProperty("java.class.path"), program.getName()));
        words.stream().filter(word -> !word.startsWith("-")).forEach(command::add);
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        return builder.start();
    }

    /** A tool of the JDK that runs the tests; its output, with errors, is ours. */
    static Process tool(String name, List<String> words) throws IOException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", name).toString());
        command.addAll(words);
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    /** The lines that it prints until its end, which must be a good one. */
    static List<String> outputOf(Class<?> program, Map<String, String> environment, List<String> words)
            throws IOException, InterruptedException {
        return outputOf(start(program, environment, words));
    }

    static List<String> outputOf(Process process) throws IOException, InterruptedException {
        try (var lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            var all = lines.lines().toList();
            assertThat(process.waitFor()).as(all::toString).isZero();
            return all;
        }
    }
}
