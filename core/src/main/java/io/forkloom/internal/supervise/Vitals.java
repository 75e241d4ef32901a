package io.forkloom.internal.supervise;

import io.forkloom.event.MemoryKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
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

    /** Nanoseconds: less work than this in the window says nothing. */
    private static final long LEAST_WORK = 1_000_000_000;

    /** Processor time of the collector's threads, and of those that run Java. */
    private record Sample(long collection, long java) {}

    private final Path process;
    private final OptionalLong residentLimit;
    private final ArrayDeque<Sample> samples = new ArrayDeque<>();

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

    /**
     * Whether Java had to stand back all the time for collections. It must have moved a little each second: where it did
     * not, one long collection of a large heap or the writing of a heap dump goes on, which has an end.
     */
    private boolean onlyCollects() throws IOException {
        samples.addLast(sample());
        if (samples.size() <= WINDOW) {
            return false;
        }
        var first = samples.removeFirst();
        long collection = samples.getLast().collection - first.collection;
        long java = samples.getLast().java - first.java;
        return collection + java >= LEAST_WORK && collection > MOST_OVERHEAD * (collection + java) && movesOn(first);
    }

    private boolean movesOn(Sample first) {
        long before = first.java;
        for (var each : samples) {
            if (each.java <= before) {
                return false;
            }
            before = each.java;
        }
        return true;
    }

    private Sample sample() throws IOException {
        long collection = 0;
        long java = 0;
        try (var threads = Files.newDirectoryStream(process.resolve("task"))) {
            for (Path thread : threads) {
                String name = Files.readString(thread.resolve("comm")).strip();
                if (name.equals("VM Thread") || name.startsWith("GC Thread") || name.startsWith("G1 ")) {
                    collection += nanos(thread);
                } else if (!name.startsWith("VM ") && !name.startsWith("C1 ") && !name.startsWith("C2 ")) {
                    java += nanos(thread);
                }
            }
        }
        return new Sample(collection, java);
    }

    /** The first word: time on a processor. */
    private static long nanos(Path thread) throws IOException {
        String words = Files.readString(thread.resolve("schedstat"));
        return Long.parseLong(words.substring(0, words.indexOf(' ')));
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
