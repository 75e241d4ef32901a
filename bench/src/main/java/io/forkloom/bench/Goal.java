package io.forkloom.bench;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a row should reach on two cores; most are ratios to the C floor or to Python's pools. */
record Goal(boolean atMost, double bound) {
    private static final Map<String, Goal> GOALS = Map.ofEntries(
            Map.entry("ratio.call.noop.p50.c", atLeast(0.5)),
            Map.entry("ratio.call.noop.p50.asyncio", atLeast(10)),
            Map.entry("call.noop.tail", atMost(3)),
            Map.entry("ratio.call.idle.p50.ppe", atLeast(5)),
            Map.entry("submit.lambda", atLeast(1_000_000)), // the stretch; the goal itself is the ratio
            Map.entry("ratio.submit.lambda.ppe", atLeast(40)),
            Map.entry("ratio.submit.1k.ppe", atLeast(60)),
            Map.entry("ratio.submit.64k.ppe", atLeast(4)),
            Map.entry("ratio.map.chunked.mp", atLeast(8)),
            Map.entry("ratio.big.64m.arg.ppe", atLeast(8)),
            Map.entry("ratio.big.64m.echo.ppe", atLeast(6)),
            Map.entry("start.cold", atMost(50)),
            Map.entry("start.cold.noaot", atMost(80)),
            Map.entry("start.spare", atMost(2)),
            Map.entry("worker.memory", atMost(24)),
            Map.entry("idle.cpu", atMost(0.03)),
            Map.entry("compute.2", atLeast(1.95)),
            Map.entry("watch.named", atMost(100)),
            Map.entry("watch.idle", atMost(0.1)),
            Map.entry("async.fork", atMost(1.2)),
            Map.entry("async.channel.256", atMost(0.15)),
            Map.entry("async.channel.256.to.abq", atMost(1.2)),
            Map.entry("async.channel.1", atMost(1.2)),
            Map.entry("async.generator", atMost(0.2)),
            Map.entry("async.parked", atMost(1_500)),
            Map.entry("async.timers.p99", atMost(4)),
            Map.entry("front.process.probe.p99", atMost(2.5)),
            Map.entry("front.process.throughput", atLeast(0.97)),
            Map.entry("ratio.crawl.pages.lxml", atLeast(2.5)),
            Map.entry("crawl.journal", atMost(0.05)),
            Map.entry("crawl.long.journal", atMost(0.05)),
            Map.entry("ratio.crawl.images.pillow.lanczos", atLeast(1)),
            Map.entry("ratio.crawl.images.pillow.bilinear", atLeast(1)),
            Map.entry("crawl.warm", atLeast(0.9)),
            Map.entry("crawl.memory", atMost(300)),
            Map.entry("crawl.memory.growth", atMost(1.1)));

    static Optional<Goal> of(String name) {
        return Optional.ofNullable(GOALS.get(name));
    }

    /** The rows that have one. */
    static Set<String> names() {
        return GOALS.keySet();
    }

    private static Goal atMost(double bound) {
        return new Goal(true, bound);
    }

    private static Goal atLeast(double bound) {
        return new Goal(false, bound);
    }

    boolean isReached(double value) {
        return atMost ? value <= bound : value >= bound;
    }

    @Override
    public String toString() {
        return (atMost ? "<= " : ">= ") + Row.of("goal", bound, Unit.TIMES).digits();
    }
}
