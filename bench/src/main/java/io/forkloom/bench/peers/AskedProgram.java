package io.forkloom.bench.peers;

import static java.util.stream.Collectors.joining;

import io.forkloom.bench.Measurement.Session;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A program that does its work once for each line that it is sent, and answers with a line of values. Every wait for it is
 * bounded. It ends when it is closed, and with this JVM: by a signal where that ends in order, else because its standard
 * input ends.
 */
public final class AskedProgram implements Session {
    /** For one line; the slowest, 39,060 pages by html.parser, takes about two minutes. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    /** From the end of its input to TERM, and from TERM to KILL. */
    private static final Duration GRACE = Duration.ofSeconds(2);

    private static final Set<AskedProgram> RUNNING = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime()
                .addShutdownHook(new Thread(() -> RUNNING.parallelStream().forEach(AskedProgram::kill), "peers-end"));
    }

    private final String name;
    private final Process process;
    private final Path errors;
    private final BufferedReader answers;

    private AskedProgram(String name, Process process, Path errors) {
        this.name = name;
        this.process = process;
        this.errors = errors;
        this.answers = process.inputReader(StandardCharsets.UTF_8);
    }

    /** A program of ours, in a JVM without flags; its main method {@link #serve serves}. */
    public static AskedProgram ofJava(Class<?> main, String... words) throws PeerException {
        return ofJava(main.getName(), words);
    }

    /** The same by the name of its class, which may be of a module that this one does not see. */
    public static AskedProgram ofJava(String main, String... words) throws PeerException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                main));
        command.addAll(List.of(words));
        return start(main.substring(main.lastIndexOf('.') + 1), command, new byte[0]);
    }

    /** What such a program does: the work once for each line of its standard input, until that ends. */
    @SuppressWarnings("SystemOut") // that is how it answers
    public static void serve(Session work) throws Exception {
        var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        while (lines.readLine() != null) {
            System.out.println(
                    DoubleStream.of(work.measure()).mapToObj(Double::toString).collect(joining(" ")));
        }
        work.close();
    }

    /** @param input sent before all lines */
    static AskedProgram start(String name, List<String> command, byte[] input) throws PeerException {
        try {
            var errors = Files.createTempFile("forkloom-peer-", ".txt");
            var peer = new AskedProgram(name, launch(command, errors), errors);
            RUNNING.add(peer);
            peer.send(input);
            return peer;
        } catch (IOException e) {
            throw new PeerException(name + ": " + e.getMessage(), e);
        }
    }

    private static Process launch(List<String> command, Path errors) throws IOException {
        try {
            return new ProcessBuilder(command).redirectError(errors.toFile()).start();
        } catch (IOException e) {
            Files.delete(errors);
            throw e;
        }
    }

    @Override
    public double[] measure() throws PeerException {
        send(new byte[] {'\n'});
        String line = answer();
        try {
            return Stream.of(line.split(" ", -1))
                    .mapToDouble(Double::parseDouble)
                    .toArray();
        } catch (NumberFormatException e) {
            throw new PeerException(name + " said: " + line, e);
        }
    }

    /** The next line that it prints. */
    String answer() throws PeerException {
        var line = new CompletableFuture<@Nullable String>();
        Thread.ofPlatform().daemon().name("peer-answer").start(() -> {
            try {
                line.complete(answers.readLine());
            } catch (IOException e) {
                line.completeExceptionally(e);
            }
        });
        try {
            String text = line.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            if (text != null) {
                return text;
            }
            throw new PeerException(name + " has ended: " + lastWords());
        } catch (TimeoutException e) {
            kill();
            throw new PeerException(name + " was silent for " + PATIENCE.toSeconds() + " s", e);
        } catch (ExecutionException e) {
            throw new PeerException(name + " was killed: " + lastWords(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PeerException(name + " was not waited for", e);
        }
    }

    private void send(byte[] bytes) throws PeerException {
        try {
            process.getOutputStream().write(bytes);
            process.getOutputStream().flush();
        } catch (IOException e) {
            throw new PeerException(name + " does not listen: " + lastWords(), e);
        }
    }

    /** The last line of its standard error, which with Python is the one that tells. */
    private String lastWords() {
        try (var lines = Files.lines(errors)) {
            return lines.reduce("without a word", (earlier, last) -> last);
        } catch (IOException | UncheckedIOException e) {
            return "its words are lost: " + e.getMessage();
        }
    }

    /** Lets it end in its own way, and sees to it that it does. */
    @Override
    public void close() {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            // It does not read any more.
        }
        if (!ends()) {
            kill();
        }
        bury();
    }

    private void kill() {
        bury(); // first: at the end of this JVM there may be no time for it later
        // Before it is gone: afterwards nobody knows what it has started.
        var family = process.descendants().toList();
        process.destroy();
        if (!ends()) {
            process.destroyForcibly();
        }
        family.forEach(ProcessHandle::destroyForcibly);
    }

    private boolean ends() {
        try {
            return process.waitFor(GRACE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void bury() {
        RUNNING.remove(this);
        try {
            Files.deleteIfExists(errors);
        } catch (IOException e) {
            // A line in the folder for temporary files.
        }
    }
}
