package io.forkloom.cli.crawl;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;

/** Counts how inputs ended, by the name of the outcome. Any thread may count. */
final class Tally {
    static final String COMPLETED = "Completed";
    static final String CANCELLED = "Cancelled";
    private static final List<String> NAMES =
            List.of(COMPLETED, "Failed", "TimedOut", "OutOfMemory", "Crashed", CANCELLED, "NotStarted");

    private final AtomicLongArray counts = new AtomicLongArray(NAMES.size());

    void count(String outcome) {
        count(outcome, 1);
    }

    void count(String outcome, long times) {
        int index = NAMES.indexOf(outcome);
        if (index < 0) {
            throw new IllegalArgumentException("there is no outcome " + outcome + ": " + NAMES);
        }
        counts.addAndGet(index, times);
    }

    long of(String outcome) {
        return counts.get(NAMES.indexOf(outcome));
    }

    long failed() {
        return NAMES.stream().skip(1).mapToLong(this::of).sum();
    }

    long total() {
        return of(COMPLETED) + failed();
    }

    /** All names, so that a program need not ask which are there. */
    Map<String, Long> snapshot() {
        var map = new LinkedHashMap<String, Long>();
        NAMES.forEach(name -> map.put(name, of(name)));
        return map;
    }
}
