package io.forkloom.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The command in a process of its own, with its own folder for temporary files. */
public record Launched(Process process, BufferedReader output, Path errors, Path temporary) {

    public static Launched of(Path folder, String... arguments) throws IOException {
        Path temporary = Files.createTempDirectory(folder, "tmp");
        Path errors = Files.createTempFile(folder, "errors", ".txt");
        var command = Stream.concat(
                        Stream.of(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "--enable-native-access=ALL-UNNAMED", // as the command has it, for SQLite
                                "-cp",
                                System.getProperty("java.class.path"),
                                "-Djava.io.tmpdir=" + temporary,
                                Main.class.getName()),
                        Stream.of(arguments))
                .toList();
        var process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
        var output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        return new Launched(process, output, errors, temporary);
    }

    void write(String text) throws IOException {
        process.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
    }

    public String firstLine() throws IOException {
        return output.readLine();
    }

    void closeOutput() throws IOException {
        output.close();
    }

    public void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .start()
                .waitFor();
    }

    /** By SIGKILL, and its workers too: none of them is left to end in good order. */
    public void killAll() throws InterruptedException {
        var workers = descendants();
        process.destroyForcibly();
        workers.forEach(ProcessHandle::destroyForcibly);
        process.waitFor();
    }

    public int exitCode() throws InterruptedException {
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            throw new AssertionError("did not end within a minute: " + process.info());
        }
        return process.exitValue();
    }

    List<ProcessHandle> descendants() {
        return process.descendants().toList();
    }

    /** The system tells nobody of a new child, so this looks again and again; the test's time-out bounds it. */
    void awaitChild() throws InterruptedException {
        while (process.isAlive() && process.descendants().findAny().isEmpty()) {
            process.waitFor(20, TimeUnit.MILLISECONDS);
        }
    }

    public String out() throws IOException {
        var text = new StringBuilder();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            text.append(line).append('\n');
        }
        return text.toString();
    }

    public String err() throws IOException {
        return Files.readString(errors);
    }

    public List<Path> temporaryFiles() throws IOException {
        try (var files = Files.list(temporary)) {
            return files.toList();
        }
    }
}
