package io.forkloom.watch;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import jdk.management.VirtualThreadSchedulerMXBean;

/**
 * The carriers of this JVM: how many, and who is on them. Needs the module {@code jdk.management}.
 *
 * <p>A look stops the program for a safepoint of some tenths of a millisecond, and takes its caller some milliseconds:
 * the JVM prints all platform threads, and of the virtual ones only those that are mounted.
 */
final class Carriers {
    private static final String[] SIGNATURE = {String[].class.getName()};

    private final VirtualThreadSchedulerMXBean scheduler;
    private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    private final ObjectName commands;

    /** @throws IllegalStateException where this JVM cannot tell */
    Carriers() {
        try {
            var bean = ManagementFactory.getPlatformMXBean(VirtualThreadSchedulerMXBean.class);
            commands = new ObjectName("com.sun.management:type=DiagnosticCommand");
            if (bean == null || !server.isRegistered(commands)) {
                throw new IllegalStateException(unable());
            }
            scheduler = bean;
        } catch (JMException | NoClassDefFoundError e) {
            throw new IllegalStateException(unable(), e);
        }
    }

    private static String unable() {
        return "virtual threads cannot be watched here: this Java has no module jdk.management; add it to the image";
    }

    /** Whether a virtual thread that becomes ready now may have to wait; costs some nanoseconds. */
    boolean areFull() {
        return scheduler.getMountedVirtualThreadCount() >= scheduler.getParallelism()
                || scheduler.getQueuedVirtualThreadCount() > 0;
    }

    boolean areIdle() {
        return scheduler.getMountedVirtualThreadCount() == 0;
    }

    long queued() {
        return scheduler.getQueuedVirtualThreadCount();
    }

    int parallelism() {
        return scheduler.getParallelism();
    }

    /** False where the JDK does not take it: beyond what its maxPoolSize allows. */
    boolean parallelism(int value) {
        try {
            scheduler.setParallelism(value);
            return true;
        } catch (IllegalArgumentException | UnsupportedOperationException e) {
            return false;
        }
    }

    /** Who is mounted now; empty where the JVM does not say. */
    List<Carrier> look() {
        try {
            var dump = server.invoke(commands, "threadPrint", new Object[] {new String[0]}, SIGNATURE);
            return Carrier.parse(String.valueOf(dump));
        } catch (JMException e) {
            return List.of();
        }
    }

    /** Nanoseconds for which a carrier was ready and had no processor, ever; 0 where the kernel does not say. */
    static long withoutProcessor(Carrier carrier) {
        return withoutProcessor("self/task/" + carrier.task());
    }

    /** As {@link #withoutProcessor(Carrier)}, of the thread that asks. */
    static long withoutProcessor() {
        return withoutProcessor("thread-self");
    }

    private static long withoutProcessor(String thread) {
        try {
            var words = Files.readString(Path.of("/proc/" + thread + "/schedstat"))
                    .strip()
                    .split(" ", -1);
            return words.length == 3 ? Long.parseLong(words[1]) : 0;
        } catch (IOException | NumberFormatException e) {
            return 0;
        }
    }
}
