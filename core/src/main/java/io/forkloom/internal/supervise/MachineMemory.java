package io.forkloom.internal.supervise;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * How much memory there is: that of the machine, or what the control groups of this process leave of it. Read from the
 * kernel's files; the JDK's management bean would take 30 ms more in a fresh JVM. Linux only: elsewhere nothing is known.
 */
public final class MachineMemory {
    private final Path root;

    private MachineMemory(Path root) {
        this.root = root;
    }

    /** Bytes; empty where that cannot be seen. */
    public static OptionalLong bytes() {
        return bytes(Path.of("/"));
    }

    /** Of a machine whose files stand in this folder. */
    static OptionalLong bytes(Path root) {
        var memory = new MachineMemory(root);
        try {
            return LongStream.of(memory.physical(), memory.limit()).min();
        } catch (IOException | RuntimeException e) {
            return OptionalLong.empty();
        }
    }

    private long physical() throws IOException {
        for (String line : Files.readAllLines(root.resolve("proc/meminfo"))) {
            if (line.startsWith("MemTotal:")) {
                return Long.parseLong(line.substring(line.indexOf(':') + 1, line.indexOf('k'))
                                .strip())
                        * 1024;
            }
        }
        throw new IOException("/proc/meminfo has no total");
    }

    private long limit() throws IOException {
        long least = Long.MAX_VALUE;
        for (String line : Files.readAllLines(root.resolve("proc/self/cgroup"))) {
            var parts = line.split(":", 3); // 0::/group in version 2, 4:memory:/group in version 1
            if (parts.length == 3 && parts[1].isEmpty()) {
                least = Math.min(least, limit(root.resolve("sys/fs/cgroup"), parts[2], "memory.max"));
            } else if (parts.length == 3 && parts[1].contains("memory")) {
                least = Math.min(least, limit(root.resolve("sys/fs/cgroup/memory"), parts[2], "memory.limit_in_bytes"));
            }
        }
        return least;
    }

    /** The least of a group and those around it. In a container the path may be the host's, and its own is the top. */
    private static long limit(Path top, String group, String file) throws IOException {
        long least = Long.MAX_VALUE;
        var inner = top.resolve(group.substring(1)).normalize();
        @Nullable Path folder = inner.startsWith(top) ? inner : top;
        for (; folder != null && folder.startsWith(top); folder = folder.getParent()) {
            var limit = folder.resolve(file);
            if (Files.isReadable(limit)) {
                var words = Files.readString(limit).strip();
                least = Math.min(least, words.equals("max") ? Long.MAX_VALUE : Long.parseLong(words));
            }
        }
        return least;
    }
}
