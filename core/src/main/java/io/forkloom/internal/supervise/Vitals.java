package io.forkloom.internal.supervise;

import io.forkloom.event.MemoryKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Looks at a worker process from outside, once a second while it works: what memory it holds, and whether it does anything
 * but collect garbage. The serial collector, which workers have, collects in the JVM's own thread and knows no overhead
 * limit: without this, a heap that is as good as full makes a task hang. Linux only: elsewhere nothing is seen.
 */
final class Vitals {
    /** Samples, so seconds. */
    private static final int WINDOW = 5;

    private static final double MOST_OVERHEAD = 0.98;

    /** Of the kernel's clock ticks, of which 100 are a second: less work than this says nothing. */
    private static final long LEAST_WORK = 100;

    private record Sample(long work, long collection) {}

    private final Path process;
    private final OptionalLong residentLimit;
    private final ArrayDeque<Sample> samples = new ArrayDeque<>();
    private List<Path> collectors = List.of();

    /** @param residentLimit bytes */
    Vitals(long pid, OptionalLong residentLimit) {
        this.process = Path.of("/proc/" + pid);
        this.residentLimit = residentLimit;
    }

    /** Forgets what was before, because the worker has rested. */
    void restart() {
        samples.clear();
    }

    /** Which limit the worker has passed. */
    Optional<MemoryKind> look() {
        try {
            if (residentLimit.isPresent() && readResident() > residentLimit.getAsLong()) {
                return Optional.of(MemoryKind.RESIDENT);
            }
            return onlyCollects() ? Optional.of(MemoryKind.COLLECTION) : Optional.empty();
        } catch (IOException | RuntimeException e) {
            return Optional.empty(); // it is gone, or this is not Linux
        }
    }

    private boolean onlyCollects() throws IOException {
        if (collectors.isEmpty()) {
            collectors = collectors();
        }
        long collection = 0;
        for (Path thread : collectors) {
            collection += ticks(thread);
        }
        samples.addLast(new Sample(ticks(process.resolve("stat")), collection));
        if (samples.size() <= WINDOW) {
            return false;
        }
        var first = samples.removeFirst();
        var last = samples.getLast();
        long work = last.work - first.work;
        return work >= LEAST_WORK && last.collection - first.collection > MOST_OVERHEAD * work;
    }

    private List<Path> collectors() throws IOException {
        var found = new ArrayList<Path>();
        try (var threads = Files.newDirectoryStream(process.resolve("task"))) {
            for (Path thread : threads) {
                String name = Files.readString(thread.resolve("comm")).strip();
                if (name.equals("VM Thread") || name.startsWith("GC Thread") || name.startsWith("G1 ")) {
                    found.add(thread.resolve("stat"));
                }
            }
        }
        return found;
    }

    /** User and system time; the name before them may hold spaces, but ends with the last bracket. */
    private static long ticks(Path stat) throws IOException {
        String line = Files.readString(stat);
        var fields = line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
        return Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
    }

    /** Bytes of memory that the process holds; 0 where that cannot be seen. Needs nothing that {@link #look} changes. */
    long resident() {
        try {
            return readResident();
        } catch (IOException | RuntimeException e) {
            return 0; // it is gone, or this is not Linux
        }
    }

    private long readResident() throws IOException {
        for (String line : Files.readAllLines(process.resolve("status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
            }
        }
        return 0;
    }
}
