package io.forkloom.cli.crawl.view;

import io.forkloom.cli.crawl.view.Gauges.Load;
import io.forkloom.cli.crawl.view.report.Facts;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

/** What a meter would have seen of a crawl of some minutes, by a seed and without a clock. */
public final class RecordedCrawl {
    private static final long SECOND = 1_000_000_000L;
    private static final Instant START = Instant.parse("2026-03-14T22:03:07Z");

    private final AtomicLong clock = new AtomicLong();
    private final Meter meter = new Meter(clock::get);
    private final Random random;
    private final Map<String, Long> failed = new LinkedHashMap<>();
    private final Map<String, Long> skipped = new LinkedHashMap<>();
    private long done;
    private long seconds;

    private RecordedCrawl(long seed) {
        random = new Random(seed);
    }

    /** Half of it computes as much as it can, then a slow site is left; about one page of twenty fails. */
    public static RecordedCrawl of(long seed, int seconds) {
        var crawl = new RecordedCrawl(seed);
        for (int second = 0; second < seconds; second++) {
            crawl.second(second / (double) seconds);
        }
        return crawl;
    }

    private void second(double progress) {
        double wave = 0.85 + 0.15 * Math.sin(progress * 40);
        int pages = (int) (progress < 0.06 ? 300 : progress < 0.7 ? 410 * wave : progress < 0.93 ? 120 * wave : 30);
        for (int i = 0; i < pages; i++) {
            page(progress);
        }
        clock.addAndGet(SECOND);
        seconds++;
        meter.sample(gauges(progress));
    }

    private void page(double progress) {
        String host = host(progress);
        long bytes = (long) Math.exp(10.2 + 1.3 * random.nextGaussian());
        long fetch = (long) (Math.exp(17.2 + 0.8 * random.nextGaussian()) * (host.startsWith("slow") ? 12 : 1));
        switch (random.nextInt(400)) {
            case 0, 1, 2, 3 -> fail(host, "Failed", "fetch", "HTTP status 404");
            case 4, 5 -> fail(host, "Failed", "fetch", "HTTP status 503 (3 attempts)");
            case 6 -> fail(host, "Failed", "fetch", "no such host: gone-" + random.nextInt(100) + ".example");
            case 7 -> fail(host, "TimedOut", "parse", "ran longer than 30 s (--deadline) and was stopped");
            case 8 -> fail(host, "Crashed", "parse", "crashed its worker: exit 139 (SIGSEGV)");
            case 9 -> fail(host, "OutOfMemory", "parse", "filled the heap of its worker (--heap): 512 MiB");
            case 10, 11, 12, 13, 14, 15, 16, 17 -> {
                meter.skipped("unchanged");
                skipped.merge("unchanged", 1L, Long::sum);
            }
            default -> {
                meter.fetched(host, fetch, bytes);
                String type =
                        random.nextInt(9) > 0 ? "text/html" : random.nextBoolean() ? "application/pdf" : "image/jpeg";
                meter.parsed(
                        type,
                        (long) (bytes * (type.startsWith("text") ? 60 : 400) * (0.5 + random.nextDouble())),
                        bytes);
                meter.delivered(bytes / 3, 20_000 + random.nextInt(80_000));
                meter.ended(Meter.COMPLETED, "", "");
                done++;
            }
        }
    }

    private String host(double progress) {
        int number = (int) Math.min(11, Math.abs(4 * random.nextGaussian()));
        return progress > 0.7 || number == 7 ? "slow.archive.example" : "www" + number + ".library.example";
    }

    private void fail(String host, String outcome, String stage, String cause) {
        if (stage.equals("fetch")) {
            meter.fetchFailed(host, cause);
        }
        meter.ended(outcome, stage, cause);
        failed.merge(outcome, 1L, Long::sum);
    }

    private Gauges gauges(double progress) {
        int jitter = random.nextInt(3);
        if (progress < 0.06) {
            return new Gauges(new Load(64, 64), new Load(1 + jitter, 4), new Load(1, 8), true, 900, 0, 1, 2, 0.02);
        }
        if (progress < 0.7) {
            return new Gauges(
                    new Load(64 - jitter, 64),
                    new Load(jitter == 2 ? 3 : 4, 4),
                    new Load(jitter, 8),
                    true,
                    4_000,
                    0,
                    2,
                    2,
                    0.03);
        }
        return progress < 0.93
                ? new Gauges(new Load(4 + jitter, 64), new Load(jitter, 4), new Load(0, 8), false, 2_000, 1, 1, 2, 0.01)
                : new Gauges(new Load(2, 64), new Load(jitter, 4), new Load(0, 8), false, 0, 0, 0, 2, 0.01);
    }

    public Findings findings() {
        return meter.findings();
    }

    /** Of the same crawl. */
    public Facts facts() {
        long ends = done + sum(failed) + sum(skipped);
        return new Facts(
                START,
                START.plusSeconds(seconds),
                false,
                new Facts.Account(ends, done, failed, skipped, 0),
                List.of(
                        new Setting("--to", "pages.jsonl"),
                        new Setting("--per-host", "8"),
                        new Setting("--report", "report.html"),
                        new Setting("source", "@urls.txt")),
                List.of(new Setting("results", "pages.jsonl"), new Setting("failures", "pages.jsonl.failed.jsonl")));
    }

    private static long sum(Map<String, Long> parts) {
        return parts.values().stream().mapToLong(Long::longValue).sum();
    }
}
