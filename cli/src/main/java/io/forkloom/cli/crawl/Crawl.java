package io.forkloom.cli.crawl;

import io.forkloom.ProcessPool;
import io.forkloom.TaskOptions;
import io.forkloom.TaskPool;
import io.forkloom.cli.CacheFolder;
import io.forkloom.cli.Console;
import io.forkloom.cli.crawl.deliver.Delivery;
import io.forkloom.cli.crawl.deliver.Failure;
import io.forkloom.cli.crawl.fetch.Fetched;
import io.forkloom.cli.crawl.fetch.Fetcher;
import io.forkloom.cli.crawl.fetch.MemoryBudget;
import io.forkloom.cli.crawl.parse.Parsers;
import io.forkloom.cli.crawl.parse.Result;
import io.forkloom.cli.crawl.source.Source;
import io.forkloom.cli.crawl.source.Sources;
import io.forkloom.cli.crawl.source.Total;
import io.forkloom.cli.crawl.view.Progress;
import io.forkloom.cli.crawl.view.Snapshot;
import io.forkloom.pipeline.Account;
import io.forkloom.pipeline.DeadLetter;
import io.forkloom.pipeline.OnError;
import io.forkloom.pipeline.Pipeline;
import io.forkloom.pipeline.PipelineFailedException;
import io.forkloom.pipeline.PipelineRun;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.function.Consumer;

/** One crawl from its first source to its account: a pipeline of three stages. */
final class Crawl {
    private final CrawlPlan plan;
    private final TaskPool pool;
    private final Fetcher fetcher;
    private final Delivery delivery;
    private final Consumer<Failure> watcher;
    private final Tally tally = new Tally();

    private Crawl(CrawlPlan plan, TaskPool pool, Fetcher fetcher, Delivery delivery, Consumer<Failure> watcher) {
        this.plan = plan;
        this.pool = pool;
        this.fetcher = fetcher;
        this.delivery = delivery;
        this.watcher = watcher;
    }

    /** Runs it to its end, which the button can bring about early. The watcher is told of every failure. */
    static Summary run(CrawlPlan plan, Console console, Consumer<Failure> watcher, StopButton stop) {
        long begin = System.nanoTime();
        var budget = MemoryBudget.forPagesOf(plan.fetch().maxSize());
        try (var delivery = Delivery.open(plan.destination(), console);
                var pool = ProcessPool.open(
                        config -> plan.parse().configure(config.aotCache(CacheFolder.ofWorkers()), plan.fetch()));
                var fetcher = new Fetcher(plan.fetch(), plan.parse().kind(), budget)) {
            var crawl = new Crawl(plan, pool, fetcher, delivery, watcher);
            Account account = crawl.flow(console, stop);
            if (!stop.isPressed()) {
                delivery.commit();
            }
            return crawl.summary(account, stop.isPressed(), Duration.ofNanos(System.nanoTime() - begin));
        } catch (PipelineFailedException failed) {
            throw plan.explain(failed);
        } catch (IOException failure) {
            throw plan.destination().unwritable(failure);
        }
    }

    private Account flow(Console console, StopButton stop) {
        try (var sources = plan.sources().open();
                var run = pipeline(sources).start();
                var _ = plan.quiet() ? null : progress(console, run)) {
            stop.of(run);
            return run.await();
        } catch (InterruptedException noTerminalSendsThis) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the crawl's own thread was interrupted", noTerminalSendsThis);
        }
    }

    private Progress progress(Console console, PipelineRun run) {
        var total = new Total(plan.sources());
        return new Progress(
                console,
                () -> {
                    Account account = run.account();
                    int busy = Math.min(pool.stats().running(), pool.workers());
                    return new Snapshot(account.done(), account.dead(), busy, pool.workers(), total.known());
                },
                total::close);
    }

    private Pipeline<?> pipeline(Sources.Walk sources) {
        var dead = OnError.deadLetter(this::fail);
        return Pipeline.<Source>from(() -> sources)
                // Its retries are the fetcher's own: how long to wait is for the server to say.
                .io("fetch", plan.fetch().limit(), fetcher::fetch)
                .onError(dead)
                // Not a cpu stage, whose tasks are all alike: each of these has its source for a label.
                .io("parse", 2 * pool.workers(), this::parse)
                .onError(dead)
                // What cannot be written ends the crawl: no other page would fare better.
                .sink("deliver", 1, this::deliver);
    }

    private Result parse(Fetched fetched) throws InterruptedException {
        try (var _ = fetched.lease()) {
            var options = TaskOptions.deadline(plan.parse().deadline())
                    .withLabel(fetched.page().origin().source());
            return pool.with(options).call(Parsers::parse, fetched.page());
        }
    }

    private void deliver(Result result) throws IOException {
        delivery.deliver(result);
        tally.count(Tally.COMPLETED);
    }

    private void fail(DeadLetter letter) {
        if (!(letter.item() instanceof Source source)) {
            throw new IllegalStateException("not a source: " + letter.item());
        }
        var failure = Failures.of(source.name(), letter.stage(), letter.error());
        try {
            delivery.fail(failure);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable.getMessage(), unwritable);
        }
        tally.count(failure.outcome());
        watcher.accept(failure);
    }

    private Summary summary(Account account, boolean interrupted, Duration took) {
        // A cancel can come between a line's delivery and its count by the pipeline: what was delivered, counts here.
        long cancelled = interrupted ? account.read() - tally.total() : account.cancelled();
        tally.count(Tally.CANCELLED, cancelled);
        return new Summary(account.read(), tally.snapshot(), interrupted, took);
    }
}
