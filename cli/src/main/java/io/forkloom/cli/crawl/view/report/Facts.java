package io.forkloom.cli.crawl.view.report;

import io.forkloom.cli.Version;
import io.forkloom.cli.crawl.view.Setting;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a report says beside what a meter has seen.
 *
 * @param settings the options that were given
 * @param results where the results are: what it is, and its name
 */
public record Facts(
        Instant start,
        Instant end,
        boolean interrupted,
        Account account,
        List<Setting> settings,
        List<Setting> results) {

    /** How long it took by the clock on the wall. */
    public Duration took() {
        return Duration.between(start, end);
    }

    /**
     * How all inputs ended, those of earlier runs of the same crawl too.
     *
     * @param failed how many by each outcome
     * @param skipped how many for each reason
     * @param waiting what is left: of an interrupted crawl
     */
    public record Account(long read, long done, Map<String, Long> failed, Map<String, Long> skipped, long waiting) {

        long failures() {
            return sum(failed);
        }

        long skips() {
            return sum(skipped);
        }

        private static long sum(Map<String, Long> parts) {
            return parts.values().stream().mapToLong(Long::longValue).sum();
        }

        /** All that there is to say, what is most first; no zeros. */
        List<Ending> endings() {
            var first = Stream.of(new Ending("Completed", Ending.Kind.DONE, done));
            var failures = endings(failed, Ending.Kind.FAILED);
            var skips = endings(skipped, Ending.Kind.SKIPPED);
            var last = Stream.of(new Ending("waiting", Ending.Kind.WAITING, waiting));
            return Stream.of(first, failures, skips, last)
                    .flatMap(each -> each)
                    .filter(ending -> ending.count() > 0)
                    .toList();
        }

        private static Stream<Ending> endings(Map<String, Long> parts, Ending.Kind kind) {
            return parts.entrySet().stream()
                    .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                    .map(part -> new Ending(part.getKey(), kind, part.getValue()));
        }
    }

    /** How many inputs ended in a way. */
    record Ending(String name, Kind kind, long count) {
        enum Kind {
            DONE,
            FAILED,
            SKIPPED,
            WAITING
        }
    }

    /** Where it ran. */
    static List<Setting> machine() {
        return List.of(
                new Setting("forkloom", Version.number()),
                new Setting("java", String.valueOf(Runtime.version())),
                new Setting(
                        "system",
                        System.getProperty("os.name") + " " + System.getProperty("os.version") + ", "
                                + System.getProperty("os.arch")),
                new Setting("processors", String.valueOf(Runtime.getRuntime().availableProcessors())),
                new Setting("heap", Figures.bytes(Runtime.getRuntime().maxMemory())));
    }
}
