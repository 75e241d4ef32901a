package io.forkloom.cli.crawl.journal;

import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How many inputs there are, and how they stand.
 *
 * @param named those that the user named; the others were links
 * @param failed by outcome
 * @param skipped by reason
 */
public record Counts(
        long read, long named, long waiting, long done, Map<String, Long> failed, Map<String, Long> skipped) {

    static Counts of(Database database) throws SQLException {
        long named = 0;
        long waiting = 0;
        long done = 0;
        var failed = new LinkedHashMap<String, Long>();
        var skipped = new LinkedHashMap<String, Long>();
        String sql = "SELECT state, outcome, count(*), sum(depth = 0) FROM input GROUP BY state, outcome"
                + " ORDER BY count(*) DESC";
        try (var rows = database.bind(sql).executeQuery()) {
            while (rows.next()) {
                String outcome = rows.getString(2);
                long count = rows.getLong(3);
                named += rows.getLong(4);
                switch (rows.getString(1)) {
                    case "waiting" -> waiting += count;
                    case "done" -> done += count;
                    case "failed" -> failed.merge(outcome, count, Long::sum);
                    default -> skipped.merge(outcome, count, Long::sum);
                }
            }
        }
        long read = waiting + done + sum(failed) + sum(skipped);
        return new Counts(read, named, waiting, done, failed, skipped);
    }

    /** All that have come to their end without a failure. */
    public long doneOrSkipped() {
        return done + sum(skipped);
    }

    public long failures() {
        return sum(failed);
    }

    private static long sum(Map<String, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }
}
