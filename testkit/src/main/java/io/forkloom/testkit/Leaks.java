package io.forkloom.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/**
 * What this program holds of the machine: processes, threads, descriptors, files. {@code Leaks.snapshot()} before,
 * {@code assertNone()} after. Linux only.
 *
 * <p>Processes are those of this process group whose environment has the cookie of a worker, so children of dead
 * workers count too, and other programs on the machine do not. Descriptors are pipes, sockets and selectors; the JVM
 * opens files of its own whenever it likes.
 */
public final class Leaks {
    /** The clock of time limits: there is one, from the first limit on, however many there are. */
    private static final String OF_THE_PROGRAM = "forkloom-timeouts ";

    /** Threads and processes that were told to end are gone within this, or they leak. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Path PROC = Path.of("/proc");

    private final Held before;

    private record Held(
            Set<Long> processes, Set<String> threads, Map<String, Integer> descriptors, Set<String> files) {}

    private Leaks(Held before) {
        this.before = before;
    }

    public static Leaks snapshot() {
        try {
            // The JDK opens a socket for its own use with the first channel of this kind, and keeps it.
            ServerSocketChannel.open(StandardProtocolFamily.UNIX).close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Leaks(look());
    }

    /** Waits, within a bound, until all that is new since the snapshot is gone; throws with a list of what is not. */
    public void assertNone() {
        var deadline = Instant.now().plus(PATIENCE);
        List<String> news = news();
        // A descriptor has no event that tells of its end: so this looks again.
        while (!news.isEmpty() && Instant.now().isBefore(deadline)) {
            LockSupport.parkNanos(2_000_000);
            news = news();
        }
        if (!news.isEmpty()) {
            throw new AssertionError("left behind: " + String.join("; ", news));
        }
    }

    /** Processes of workers, and of what they have started, that belong to this program. */
    public static Set<Long> workerProcesses() {
        return workerProcesses(group("self"));
    }

    /** As {@link #workerProcesses()}, of a program in another process group. */
    static Set<Long> workerProcesses(String group) {
        var found = new HashSet<Long>();
        for (String pid : list(PROC)) {
            if (Character.isDigit(pid.charAt(0)) && group(pid).equals(group) && isMarked(pid)) {
                found.add(Long.parseLong(pid));
            }
        }
        found.remove(ProcessHandle.current().pid()); // a test may itself be a worker's child
        return found;
    }

    /** Pipes, sockets and selectors that this program has open. */
    public static int descriptors() {
        return openDescriptors().values().stream().mapToInt(Integer::intValue).sum();
    }

    private List<String> news() {
        var now = look();
        var news = new ArrayList<String>();
        now.processes.stream()
                .filter(pid -> !before.processes.contains(pid))
                .forEach(pid -> news.add("process " + pid + " " + commandOf(pid)));
        now.threads.stream().filter(name -> !before.threads.contains(name)).forEach(name -> news.add("thread " + name));
        now.files.stream().filter(name -> !before.files.contains(name)).forEach(name -> news.add("file " + name));
        now.descriptors.forEach((kind, count) -> {
            int more = count - before.descriptors.getOrDefault(kind, 0);
            if (more > 0) {
                news.add(more + " more descriptors of kind " + kind);
            }
        });
        return news;
    }

    private static Held look() {
        return new Held(workerProcesses(), threads(), openDescriptors(), files());
    }

    private static Set<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(thread -> thread.getName() + " #" + thread.threadId())
                .filter(name -> name.startsWith("forkloom") && !name.startsWith(OF_THE_PROGRAM))
                .collect(Collectors.toSet());
    }

    private static Map<String, Integer> openDescriptors() {
        var counts = new HashMap<String, Integer>();
        for (String number : list(PROC.resolve("self/fd"))) {
            try {
                String target = Files.readSymbolicLink(PROC.resolve("self/fd/" + number))
                        .toString();
                if (!target.startsWith("/")) {
                    counts.merge(target.replaceAll("[\\[:].*", ""), 1, Integer::sum);
                }
            } catch (IOException e) {
                // That was the descriptor of the listing itself.
            }
        }
        return counts;
    }

    private static Set<String> files() {
        String ours = "forkloom-" + ProcessHandle.current().pid() + "-";
        var found = new HashSet<String>();
        for (String place : List.of(System.getProperty("java.io.tmpdir"), "/tmp", "/dev/shm")) {
            for (String name : list(Path.of(place))) {
                if (name.startsWith(ours)) {
                    found.add(Path.of(place, name).toString());
                }
            }
        }
        return found;
    }

    private static boolean isMarked(String pid) {
        return read(pid, "environ").contains("FORKLOOM_WORKER=");
    }

    /** Field 5 of the status, behind a name that may hold spaces; zombies have one too. */
    private static String group(String pid) {
        String status = read(pid, "stat");
        String[] fields = status.substring(status.lastIndexOf(')') + 1).strip().split(" ", 4);
        return fields.length < 4 ? "" : fields[2];
    }

    private static String commandOf(long pid) {
        return read(Long.toString(pid), "cmdline").replace('\0', ' ');
    }

    private static String read(String pid, String file) {
        try {
            return Files.readString(PROC.resolve(pid).resolve(file), java.nio.charset.StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return ""; // gone, or somebody else's
        }
    }

    private static List<String> list(Path folder) {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            var names = new ArrayList<String>();
            entries.forEach(entry -> names.add(entry.getFileName().toString()));
            return names;
        } catch (IOException | java.nio.file.DirectoryIteratorException e) {
            return List.of();
        }
    }
}
