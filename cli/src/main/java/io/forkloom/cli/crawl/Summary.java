package io.forkloom.cli.crawl;

import io.forkloom.cli.ExitCode;
import io.forkloom.cli.crawl.journal.Counts;
import io.forkloom.cli.crawl.journal.Skip;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/**
 * The account of a crawl, from its journal: of all of it, in however many runs it was made.
 *
 * @param duplicates lines of the sources that named what another line names too
 * @param interrupted whether it was ended before its end
 * @param took this run
 * @param journal the share of this run's time that a thread was in the journal
 */
record Summary(Counts counts, long duplicates, boolean interrupted, Duration took, double journal) {
    private static final List<String> FAILURES =
            List.of("Failed", "TimedOut", "OutOfMemory", "Crashed", "Cancelled", "NotStarted");

    Summary {
        long ends = counts.done() + sum(counts.failed()) + sum(counts.skipped()) + counts.waiting();
        if (ends != counts.read()) {
            throw new IllegalStateException("the account does not add up: " + counts);
        }
    }

    private static long sum(Map<String, Long> parts) {
        return parts.values().stream().mapToLong(Long::longValue).sum();
    }

    long done() {
        return counts.done();
    }

    long failed() {
        return sum(counts.failed());
    }

    long skipped() {
        return sum(counts.skipped());
    }

    int exitCode() {
        if (interrupted) {
            return ExitCode.INTERRUPTED;
        }
        return failed() == 0 ? ExitCode.DONE : done() + skipped() > 0 ? ExitCode.SOME_FAILED : ExitCode.ALL_FAILED;
    }

    /** {@code 305 read: 300 done, 5 failed (2 Failed, 1 TimedOut, ...), 4.2 s, 72/s}. */
    String words() {
        double seconds = Math.max(took.toMillis(), 1) / 1000.0;
        return String.format(
                Locale.ROOT,
                "%d read: %d done, %d failed%s%s%s, %.1f s, %.0f/s",
                counts.read(),
                done(),
                failed(),
                parts(counts.failed()),
                skipped() == 0 ? "" : ", " + skipped() + " skipped" + parts(counts.skipped()),
                counts.waiting() == 0 ? "" : ", " + counts.waiting() + " waiting",
                seconds,
                done() / seconds);
    }

    private static String parts(Map<String, Long> parts) {
        return parts.isEmpty()
                ? ""
                : parts.entrySet().stream()
                        .map(part -> part.getValue() + " " + part.getKey())
                        .collect(Collectors.joining(", ", " (", ")"));
    }

    /** One line for programs: all names, so that they need not ask which are there. */
    String json() {
        var outcomes = new LinkedHashMap<String, Long>();
        outcomes.put("Completed", done());
        FAILURES.forEach(name -> outcomes.put(name, counts.failed().getOrDefault(name, 0L)));
        var skips = new LinkedHashMap<String, Long>();
        Stream.of(Skip.values())
                .map(Skip::word)
                .forEach(name -> skips.put(name, counts.skipped().getOrDefault(name, 0L)));
        var all = new LinkedHashMap<String, Object>();
        all.put("read", counts.read());
        all.put("done", done());
        all.put("failed", failed());
        all.put("skipped", skipped());
        all.put("waiting", counts.waiting());
        all.put("duplicates", duplicates);
        all.put("outcomes", outcomes);
        all.put("skips", skips);
        all.put("seconds", took.toMillis() / 1000.0);
        all.put("journal", Math.round(journal * 10_000) / 10_000.0);
        return JsonMapper.shared().writeValueAsString(all);
    }
}
