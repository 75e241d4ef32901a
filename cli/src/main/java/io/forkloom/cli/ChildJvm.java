package io.forkloom.cli;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A program in a JVM of its own, with this terminal and Forkloom on its class path. A signal to this process ends it.
 * Open it before anything that must be cleaned up behind the program: until it is closed, a signal is held up.
 */
final class ChildJvm implements AutoCloseable {
    /** From TERM, so that the program can clean up, to KILL. */
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final Signals signals = new Signals(this::end, GRACE.plusSeconds(5));
    private @Nullable Process child;
    private boolean ending;

    /** Runs it to its end and gives its exit code. */
    int run(List<Path> classPath, String mainClass, List<String> arguments) {
        return run(classPath, List.of(), mainClass, arguments);
    }

    /** The same with options for the JVM. */
    int run(List<Path> classPath, List<String> options, String mainClass, List<String> arguments) {
        try {
            return start(command(classPath, options, mainClass, arguments)).waitFor();
        } catch (IOException failure) {
            throw new InputException("cannot start a JVM: " + failure.getMessage(), failure);
        } catch (InterruptedException stop) {
            end();
            Thread.currentThread().interrupt();
            return ExitCode.INTERRUPTED;
        }
    }

    private synchronized Process start(List<String> command) throws IOException {
        if (ending) {
            throw new IOException("interrupted before it began");
        }
        child = new ProcessBuilder(command).inheritIO().start();
        return child;
    }

    private synchronized void end() {
        ending = true;
        if (child != null) {
            child.destroy();
            CompletableFuture.delayedExecutor(GRACE.toMillis(), TimeUnit.MILLISECONDS)
                    .execute(child::destroyForcibly);
        }
    }

    private static List<String> command(
            List<Path> classPath, List<String> options, String mainClass, List<String> arguments) {
        var path = new ArrayList<String>();
        classPath.forEach(entry -> path.add(entry.toString()));
        path.add(System.getProperty("java.class.path"));
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", String.join(File.pathSeparator, path), mainClass));
        command.addAll(arguments);
        return command;
    }

    @Override
    public void close() {
        signals.close();
    }
}
