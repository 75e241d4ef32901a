package io.forkloom.internal.supervise;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Finds and kills the processes that a worker has started. Once a worker is dead its children have another parent, so
 * they are known by a cookie in their environment, which every child inherits. Linux only: elsewhere nothing is found.
 */
public final class ProcessTree {
    /** The environment variable; a worker of a worker has both cookies. */
    public static final String VARIABLE = "FORKLOOM_WORKER";

    /** A process that forks while it is looked for is found in the next round. */
    private static final int ROUNDS = 5;

    private static final Path PROC = Path.of("/proc");

    private ProcessTree() {}

    /** Kills every process but this one that carries the cookie. */
    public static void kill(String cookie) {
        for (int round = 0; round < ROUNDS; round++) {
            var marked = find(cookie);
            if (marked.isEmpty()) {
                return;
            }
            marked.forEach(ProcessHandle::destroyForcibly);
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
