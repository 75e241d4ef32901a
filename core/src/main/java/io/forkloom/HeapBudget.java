package io.forkloom;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * Compares the heaps that were promised with the memory there is, before a full machine does it by killing.
 *
 * @param processes workers that there may be at once
 * @param heap bytes of each
 * @param own bytes of this program's own largest heap
 * @param memory bytes of the machine, or of the container
 */
record HeapBudget(int processes, long heap, long own, long memory) {
    private static final String LARGEST = "-Xmx";
    private static final long GIB = 1 << 30;
    private static final long MIB = 1 << 20;

    /** Of workers that have what was asked for, or a share of half the memory; empty where nothing is known. */
    static Optional<HeapBudget> of(ProcessPoolConfig config, OptionalLong memory) {
        int processes = config.staffing().slots();
        long all = memory.orElse(Long.MAX_VALUE);
        if (config.heap.isPresent()) {
            return Optional.of(new HeapBudget(processes, Sizes.parse(config.heap.get()), 0, all));
        }
        var option = config.jvmOptions.stream()
                .filter(each -> each.matches(LARGEST + "[0-9]+[kmgKMG]?"))
                .reduce((_, last) -> last);
        if (option.isPresent()) { // more than there is, on purpose
            return Optional.of(new HeapBudget(
                    processes, Sizes.parse(option.get().substring(LARGEST.length())), 0, Long.MAX_VALUE));
        }
        return memory.isPresent()
                ? Optional.of(new HeapBudget(processes, all / 2 / processes, 0, all))
                : Optional.empty();
    }

    /**
     * Refuses what cannot be kept: the workers' heaps alone are more than there is. A warning where they are too much
     * together with the program's own, which most programs never fill.
     */
    Optional<String> check() {
        if (workers() > memory) {
            throw new IllegalArgumentException(promise() + " is more than the " + words(memory)
                    + " of memory that there are. Open fewer workers or give them less heap, at most "
                    + memory / MIB / processes
                    + "m each; to promise more than there is on purpose,"
                    + " leave heap() out and say jvmOptions(\"-Xmx…\")");
        }
        return workers() <= memory - own
                ? Optional.empty()
                : Optional.of(promise() + ", and up to " + words(own) + " for this program, are more than the "
                        + words(memory) + " of memory that there are: if all are filled, the kernel kills. Give this"
                        + " program a smaller heap (-Xmx), the workers too, or open fewer of them");
    }

    /** As {@link #check}, of one more worker for tasks for which these are too small. */
    void checkLarger(long larger) {
        if (larger <= heap) {
            throw new IllegalArgumentException("a retry in a worker with a heap of " + words(larger)
                    + " cannot help: the others have " + words(heap) + " already");
        }
        if (memory < Long.MAX_VALUE && workers() > memory - larger) {
            throw new IllegalArgumentException(
                    "one more worker with a heap of " + words(larger) + " for retries, beside "
                            + promise() + ", is more than the " + words(memory) + " of memory that there are"
                            + (memory - workers() > heap ? ": ask for at most " + (memory - workers()) / MIB + "m" : "")
                            + ", open fewer workers or give them less heap");
        }
    }

    private long workers() {
        return heap > Long.MAX_VALUE / processes ? Long.MAX_VALUE : heap * processes;
    }

    private String promise() {
        return processes == 1
                ? "a heap of " + words(heap) + " for one worker"
                : "a heap of " + words(heap) + " for each of " + processes + " workers, so " + words(workers());
    }

    private static String words(long bytes) {
        return bytes < GIB ? bytes / MIB + " MiB" : bytes / GIB + "." + bytes % GIB * 10 / GIB + " GiB";
    }
}
