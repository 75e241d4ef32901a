package io.forkloom.watch;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** For how long collectors have stopped the program. */
final class Pauses {
    private final List<GarbageCollectorMXBean> collectors = ManagementFactory.getGarbageCollectorMXBeans().stream()
            .filter(each -> stops(each.getName()))
            .toList();

    /** Not what runs beside the program: {@code G1 Concurrent GC}, {@code ZGC Major Cycles}. */
    private static boolean stops(String name) {
        return !name.contains("Concurrent") && !name.endsWith("Cycles");
    }

    /** Nanoseconds since the JVM's start, to the millisecond. */
    long sum() {
        return TimeUnit.MILLISECONDS.toNanos(collectors.stream()
                .mapToLong(each -> Math.max(0, each.getCollectionTime()))
                .sum());
    }
}
