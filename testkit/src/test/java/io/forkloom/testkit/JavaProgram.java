package io.forkloom.testkit;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A program with a main method, in a JVM of its own with our class path; its output, with errors, is ours to read. */
final class JavaProgram {
    /** A process group of its own, in which Ctrl-C means what it means at a terminal, whoever started the tests. */
    private static final List<String> AS_AT_A_TERMINAL = List.of("env", "--default-signal=INT", "setsid");

    private JavaProgram() {}

    /** Words that begin with a dash are options of the JVM, the others arguments. */
    static Process start(Class<?> program, Map<String, String> environment, List<String> words) throws IOException {
        return start(List.of(), program, environment, words);
    }

    /** Its process id is that of its process group. */
    static Process startAsAtATerminal(Class<?> program, String... words) throws IOException {
        return start(AS_AT_A_TERMINAL, program, Map.of(), List.of(words));
    }

    private static Process start(
            List<String> prefix, Class<?> program, Map<String, String> environment, List<String> words)
            throws IOException {
        var command = new ArrayList<>(prefix);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.stream().filter(word -> word.startsWith("-")).forEach(command::add);
        command.addAll(List.of("-Xmx64m", "-cp", System.getProperty("java.class.path"), program.getName()));
        words.stream().filter(word -> !word.startsWith("-")).forEach(command::add);
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        return builder.start();
    }
}
