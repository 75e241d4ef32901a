package io.forkloom;

import java.util.Optional;

/**
 * Compares the heaps that were promised with the memory there is, before a full machine does it by killing.
 *
 * @param processes workers that there may be at once
 * @param heap bytes of each
 * @param own bytes of this program's own largest heap
 * @param memory bytes of the machine, or of the container
 */
record HeapBudget(int processes, long heap, long own, long memory) {
    private static final long GIB = 1 << 30;
    private static final long MIB = 1 << 20;

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
