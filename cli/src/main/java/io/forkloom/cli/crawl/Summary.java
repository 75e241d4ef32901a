package io.forkloom.cli.crawl;

import io.forkloom.cli.ExitCode;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The account of a crawl.
 *
 * @param outcomes a count for each name of an outcome; they add up to {@code read}
 */
record Summary(long read, Map<String, Long> outcomes, boolean interrupted, Duration took) {

    Summary {
        long ends = outcomes.values().stream().mapToLong(Long::longValue).sum();
        if (ends != read) {
            throw new IllegalStateException(read + " inputs were read, and " + ends + " ended: " + outcomes);
        }
    }

    long done() {
        return outcomes.getOrDefault(Tally.COMPLETED, 0L);
    }

    long failed() {
        return read - done();
    }

    int exitCode() {
        if (interrupted) {
            return ExitCode.INTERRUPTED;
        }
        return failed() == 0 ? ExitCode.DONE : done() > 0 ? ExitCode.SOME_FAILED : ExitCode.ALL_FAILED;
    }

    /** {@code 305 read: 300 done, 5 failed (2 Failed, 1 TimedOut, ...), 4.2 s, 72/s}. */
    String words() {
        String failures = outcomes.entrySet().stream()
                .filter(entry -> entry.getValue() > 0 && !entry.getKey().equals(Tally.COMPLETED))
                .map(entry -> entry.getValue() + " " + entry.getKey())
                .collect(Collectors.joining(", "));
        double seconds = Math.max(took.toMillis(), 1) / 1000.0;
        return String.format(
                Locale.ROOT,
                "%d read: %d done, %d failed%s, %.1f s, %.0f/s",
                read,
                done(),
                failed(),
                failures.isEmpty() ? "" : " (" + failures + ")",
                seconds,
                done() / seconds);
    }

    /** One line for programs. */
    String json() {
        String counts = outcomes.entrySet().stream()
                .map(entry -> "\"" + entry.getKey() + "\":" + entry.getValue())
                .collect(Collectors.joining(","));
        return "{\"read\":" + read + ",\"done\":" + done() + ",\"failed\":" + failed() + ",\"outcomes\":{" + counts
                + "}}";
    }
}
