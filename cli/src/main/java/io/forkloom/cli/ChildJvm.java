package io.forkloom.cli;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** A program in a JVM of its own, with this terminal and Forkloom on its class path. Ends with this process. */
final class ChildJvm {
    private static final Duration PATIENCE = Duration.ofSeconds(8);

    private ChildJvm() {}

    /** Runs it to its end and gives its exit code. */
    static int run(List<Path> classPath, String mainClass, List<String> arguments) {
        var started = new AtomicReference<Process>();
        try (var signals = new Signals(() -> terminate(started.get()), PATIENCE)) {
            Process child = new ProcessBuilder(command(classPath, mainClass, arguments))
                    .inheritIO()
                    .start();
            started.set(child);
            // A signal between start and set found nothing to end.
            if (signals.received()) {
                child.destroy();
            }
            return child.waitFor();
        } catch (IOException failure) {
            throw new InputException("cannot start a JVM: " + failure.getMessage(), failure);
        } catch (InterruptedException stop) {
            terminate(started.get());
            Thread.currentThread().interrupt();
            return ExitCode.INTERRUPTED;
        }
    }

    private static List<String> command(List<Path> classPath, String mainClass, List<String> arguments) {
        var path = new ArrayList<String>();
        classPath.forEach(entry -> path.add(entry.toString()));
        path.add(System.getProperty("java.class.path"));
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                String.join(File.pathSeparator, path),
                mainClass));
        command.addAll(arguments);
        return command;
    }

    /** TERM, so that the program can clean up; KILL where it does not. */
    private static void terminate(@org.jspecify.annotations.Nullable Process child) {
        if (child == null) {
            return;
        }
        child.destroy();
        try {
            if (!child.waitFor(PATIENCE.toSeconds() - 3, TimeUnit.SECONDS)) {
                child.destroyForcibly();
            }
        } catch (InterruptedException hurry) {
            child.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
