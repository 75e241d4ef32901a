package io.forkloom.internal.supervise;

import io.forkloom.internal.time.Backoff;
import io.forkloom.internal.time.Ticks;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * Finds and kills the processes that a worker has started. Once a worker is dead its children have another parent, so
 * they are known by a cookie in their environment, which every child inherits. Linux only: elsewhere nothing is found.
 */
public final class ProcessTree {
    /** The environment variable; a worker of a worker has both cookies. */
    public static final String VARIABLE = "FORKLOOM_WORKER";

    /** What SIGKILL does not end within this time hangs in the kernel; nobody can wait for that. */
    private static final Duration LONGEST = Duration.ofSeconds(5);

    /** A process that was killed is there until it gets a core to end on. */
    private static final Backoff PAUSES = new Backoff(Duration.ofMillis(1), Duration.ofMillis(50));

    private static final Path PROC = Path.of("/proc");

    private ProcessTree() {}

    /** Kills every process but this one that carries the cookie, and waits until they are gone, within bounds. */
    public static void kill(String cookie) {
        long from = Ticks.now();
        // Again, because a process may fork while it is looked for.
        for (int round = 1; Ticks.now() - from < Ticks.of(LONGEST); round++) {
            var marked = find(cookie);
            if (marked.isEmpty()) {
                return;
            }
            marked.forEach(ProcessHandle::destroyForcibly);
            LockSupport.parkNanos(PAUSES.after(round).toNanos());
        }
    }

    private static List<ProcessHandle> find(String cookie) {
        if (!Files.isDirectory(PROC)) {
            return List.of();
        }
        long self = ProcessHandle.current().pid();
        try (var entries = Files.list(PROC)) {
            return entries.map(entry -> entry.getFileName().toString())
                    .filter(name -> Character.isDigit(name.charAt(0)))
                    .map(Long::parseLong)
                    .filter(pid -> pid != self && carries(pid, cookie))
                    .map(ProcessHandle::of)
                    .flatMap(Optional::stream)
                    .toList();
        } catch (IOException | java.io.UncheckedIOException e) {
            return List.of();
        }
    }

    private static boolean carries(long pid, String cookie) {
        try {
            // Empty for zombies, unreadable for processes of others.
            var environment = Files.readAllBytes(PROC.resolve(pid + "/environ"));
            return new String(environment, StandardCharsets.ISO_8859_1).contains(cookie);
        } catch (IOException e) {
            return false;
        }
    }
}
