package io.forkloom.internal.supervise;

import io.forkloom.event.MemoryKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Tells from what is left of a worker which memory it had run out of. */
final class MemoryEnd {
    /** HotSpot's exit code for -XX:+ExitOnOutOfMemoryError. */
    private static final int CODE = 3;

    private static final int KILLED = 137;
    private static final String LAST_WORDS = "Terminating due to java.lang.OutOfMemoryError";

    private static final List<Path> KERNEL_COUNTS =
            List.of(Path.of("/sys/fs/cgroup"), Path.of("/sys/fs/cgroup/memory"));

    private MemoryEnd() {}

    /**
     * The kind of memory; empty where the worker ended for another reason.
     *
     * @param said whether the worker itself could still say so
     * @param orderly whether it was in an orderly exit
     * @param kernelKills by how many the kernel's count of killed processes has grown while it lived
     */
    static Optional<MemoryKind> of(boolean said, boolean orderly, int code, List<String> lines, long kernelKills) {
        var words = lines.stream().filter(line -> line.startsWith(LAST_WORDS)).findFirst();
        if (said || (code == CODE && !orderly && words.isPresent())) {
            return Optional.of(words.map(MemoryEnd::kind).orElse(MemoryKind.UNKNOWN));
        }
        return code == KILLED && !orderly && kernelKills > 0 ? Optional.of(MemoryKind.KERNEL) : Optional.empty();
    }

    /** Whether it is for all processes, and may be there again soon. */
    static boolean isOfMachine(MemoryKind kind) {
        return kind == MemoryKind.THREADS || kind == MemoryKind.KERNEL;
    }

    private static MemoryKind kind(String words) {
        if (words.contains("heap space") || words.contains("array size")) {
            return MemoryKind.HEAP;
        }
        if (words.contains("etaspace") || words.contains("class space")) {
            return MemoryKind.METASPACE;
        }
        if (words.contains("direct buffer")) {
            return MemoryKind.DIRECT;
        }
        if (words.contains("native thread")) {
            return MemoryKind.THREADS;
        }
        return words.contains("GC overhead") ? MemoryKind.COLLECTION : MemoryKind.UNKNOWN;
    }

    /** How many processes of our control group the kernel has killed for memory so far; 0 where it does not say. */
    static long kernelKills() {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/self/cgroup"))) {
                var parts = line.split(":", 3); // 0::/group, or 4:memory:/group
                if (parts.length == 3 && (parts[1].isEmpty() || parts[1].contains("memory"))) {
                    var count = count(parts[2].substring(1));
                    if (count.isPresent()) {
                        return count.get();
                    }
                }
            }
        } catch (IOException | RuntimeException e) {
            // Not Linux, or a kernel that keeps it to itself.
        }
        return 0;
    }

    /** In a container the group of the process is the root of what it sees. */
    private static Optional<Long> count(String group) throws IOException {
        for (Path root : KERNEL_COUNTS) {
            for (Path folder : List.of(root.resolve(group), root)) {
                for (String file : List.of("memory.events", "memory.oom_control")) {
                    var found = folder.resolve(file);
                    if (Files.isReadable(found)) {
                        for (String line : Files.readAllLines(found)) {
                            if (line.startsWith("oom_kill ")) {
                                return Optional.of(Long.parseLong(line.substring("oom_kill ".length())));
                            }
                        }
                    }
                }
            }
        }
        return Optional.empty();
    }
}
