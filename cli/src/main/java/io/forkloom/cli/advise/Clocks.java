package io.forkloom.cli.advise;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * What this thread has spent until now, in nanoseconds.
 *
 * @param queued how long the thread was ready to compute and no processor was free; 0 where the system does not tell
 * @param process what all threads of this JVM have computed
 * @param compiling what of that went into compiling
 * @param collecting how long all threads stood still for the garbage collector
 */
record Clocks(long wall, long cpu, long queued, long process, long compiling, long collecting) {
    private static final Path QUEUED = Path.of("/proc/thread-self/schedstat");

    static Clocks now() {
        var threads = ManagementFactory.getThreadMXBean();
        var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return new Clocks(
                System.nanoTime(),
                threads.getCurrentThreadCpuTime(),
                readQueued(),
                system.getProcessCpuTime(),
                readCompiling(),
                readCollecting());
    }

    /** Of Linux: nanoseconds computed, nanoseconds in the queue, turns. */
    private static long readQueued() {
        try {
            return Long.parseLong(Files.readString(QUEUED).strip().split(" ", -1)[1]);
        } catch (IOException | RuntimeException elsewhere) {
            return 0;
        }
    }

    private static long readCompiling() {
        var compiler = ManagementFactory.getCompilationMXBean();
        return compiler != null && compiler.isCompilationTimeMonitoringSupported()
                ? TimeUnit.MILLISECONDS.toNanos(compiler.getTotalCompilationTime())
                : 0;
    }

    private static long readCollecting() {
        long millis = 0;
        for (var collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            millis += Math.max(0, collector.getCollectionTime());
        }
        return TimeUnit.MILLISECONDS.toNanos(millis);
    }

    Clocks minus(Clocks earlier) {
        return new Clocks(
                wall - earlier.wall,
                cpu - earlier.cpu,
                queued - earlier.queued,
                process - earlier.process,
                compiling - earlier.compiling,
                collecting - earlier.collecting);
    }

    /** The part of the time in which this thread computed, of that in which it could. */
    double computing() {
        return Math.clamp(cpu / had(), 0, 1);
    }

    /** The same of the program's other threads; 1 is one processor. */
    double elsewhere() {
        return Math.max(0, process - cpu - compiling - collecting) / had();
    }

    private double had() {
        return Math.max(1.0, (double) wall - queued - collecting);
    }
}
