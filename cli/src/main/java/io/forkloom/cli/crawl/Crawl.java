package io.forkloom.cli.crawl;

import io.forkloom.ProcessPool;
import io.forkloom.TaskOptions;
import io.forkloom.TaskPool;
import io.forkloom.WorkerOutput;
import io.forkloom.cli.Console;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** One crawl from its first source to its account. */
final class Crawl {

    private final CrawlPlan plan;
    private final TaskPool pool;
    private final Fetcher fetcher;
    private final Delivery delivery;
    private final Consumer<Failure> watcher;
    private final Tally tally = new Tally();
    private final AtomicLong read = new AtomicLong();

    private Crawl(CrawlPlan plan, TaskPool pool, Fetcher fetcher, Delivery delivery, Consumer<Failure> watcher) {
        this.plan = plan;
        this.pool = pool;
        this.fetcher = fetcher;
        this.delivery = delivery;
        this.watcher = watcher;
    }

    static Summary run(CrawlPlan plan, Console console, Consumer<Failure> watcher) {
        long begin = System.nanoTime();
        var budget = MemoryBudget.ofHeap(plan.fetch().maxSize());
        try (var delivery = Delivery.open(plan.destination(), console);
                var pool = open(plan.parse(), plan.fetch().maxSize());
                var fetcher = new Fetcher(plan.fetch(), plan.parse().kind(), budget)) {
            var crawl = new Crawl(plan, pool, fetcher, delivery, watcher);
            crawl.go();
            delivery.commit();
            return new Summary(
                    crawl.read.get(), crawl.tally.snapshot(), false, Duration.ofNanos(System.nanoTime() - begin));
        } catch (IOException failure) {
            throw plan.destination().unwritable(failure);
        } catch (InterruptedException stop) {
            throw new IllegalStateException(stop);
        }
    }

    private static ProcessPool open(ParseOptions parse, long maxSize) {
        return ProcessPool.open(config -> config.name("crawl")
                .workers(parse.workers())
                .heap(parse.heap())
                .queue(256, Math.max(64 << 20, 2 * maxSize) + "")
                .output(WorkerOutput.DISCARD)
                // Hostile pages may kill worker after worker before any has finished a page; a JVM that cannot start
                // at all dies faster than this.
                .restarts(50 * parse.workers(), Duration.ofSeconds(10))
                // The demo's crash is a restricted call; without this its worker would print a warning first.
                .jvmOptions("--enable-native-access=ALL-UNNAMED"));
    }

    private void go() throws InterruptedException {
        var places = new Semaphore(plan.fetch().limit());
        try (var walk = plan.sources().open()) {
            while (walk.hasNext()) {
                Source source = walk.next();
                read.incrementAndGet();
                places.acquire();
                Thread.startVirtualThread(() -> {
                    try {
                        one(source);
                    } finally {
                        places.release();
                    }
                });
            }
        }
        places.acquire(plan.fetch().limit());
    }

    private void one(Source source) {
        String stage = "fetch";
        try {
            var fetched = fetcher.fetch(source);
            stage = "parse";
            Result result = parse(fetched);
            delivery.deliver(result);
            tally.count(Tally.COMPLETED);
        } catch (Exception failure) {
            try {
                Failure f = Failures.of(source.name(), stage, failure);
                tally.count(f.outcome());
                watcher.accept(f);
                delivery.fail(f);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private Result parse(Fetched fetched) throws InterruptedException {
        try (var _ = fetched.lease()) {
            var options = TaskOptions.deadline(plan.parse().deadline())
                    .withLabel(fetched.page().origin().source());
            return pool.with(options).call(Parsers::parse, fetched.page());
        }
    }
}
