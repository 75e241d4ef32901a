package io.forkloom.cli.crawl;

import io.forkloom.ProcessPool;
import io.forkloom.TaskPool;
import io.forkloom.async.ChannelClosedException;
import io.forkloom.async.GroupFailedException;
import io.forkloom.async.TaskGroup;
import io.forkloom.cli.CacheFolder;
import io.forkloom.cli.Console;
import io.forkloom.cli.crawl.deliver.Failure;
import io.forkloom.cli.crawl.fetch.Fetcher;
import io.forkloom.cli.crawl.fetch.MemoryBudget;
import io.forkloom.cli.crawl.fetch.Sitemaps;
import io.forkloom.cli.crawl.frontier.Frontier;
import io.forkloom.cli.crawl.journal.Journal;
import io.forkloom.cli.crawl.journal.JournalException;
import io.forkloom.cli.crawl.parse.Practice;
import io.forkloom.cli.crawl.source.Source;
import io.forkloom.cli.crawl.view.Meter;
import io.forkloom.cli.crawl.view.Progress;
import io.forkloom.cli.crawl.view.Sampler;
import io.forkloom.pipeline.PipelineFailedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.function.Consumer;

/** One crawl from its first source to its account: a pipeline of three stages, between the frontier and the committer. */
final class Crawl {
    /** How long a result may wait for others to be written with it. */
    private static final Duration LINGER = Duration.ofMillis(500);

    /**
     * Who looks on.
     *
     * @param failures is told of every failure, by the threads of the crawl
     */
    record Onlookers(Console console, Meter meter, Consumer<Failure> failures) {}

    private final CrawlPlan plan;
    private final Onlookers onlookers;
    private final StopButton stop;
    private final Beginning beginning;
    private final Journal journal;

    private Crawl(CrawlPlan plan, Onlookers onlookers, StopButton stop, Beginning beginning) {
        this.plan = plan;
        this.onlookers = onlookers;
        this.stop = stop;
        this.beginning = beginning;
        this.journal = beginning.journal();
    }

    /** Runs it to its end, which the button can bring about early. */
    static Summary run(CrawlPlan plan, Onlookers onlookers, StopButton stop) {
        long begin = System.nanoTime();
        try (var beginning = Beginning.of(plan.output(), onlookers.console());
                var earlier = Earlier.of(plan.output().since());
                var pool = ProcessPool.open(config -> plan.parse()
                        .configure(
                                config.aotCache(CacheFolder.ofWorkers(), Practice::parse),
                                plan.fetch().maxSize()));
                var fetcher = new Fetcher(
                        plan.fetch(),
                        plan.parse().recipe(),
                        MemoryBudget.forPagesOf(plan.fetch().maxSize()))) {
            plan.parse().check(pool);
            var crawl = new Crawl(plan, onlookers, stop, beginning);
            crawl.flow(pool, fetcher, earlier);
            if (!stop.isPressed()) {
                crawl.requireAll();
                plan.output().targets().failures().ifPresent(file -> FailureFile.write(file, beginning.journal()));
                beginning.complete();
            }
            return crawl.summary(Duration.ofNanos(System.nanoTime() - begin));
        } catch (PipelineFailedException | GroupFailedException | ChannelClosedException | JournalException failed) {
            throw CrawlPlan.explain(failed);
        }
    }

    /** Nothing gets its name that is not whole, whatever else has gone wrong. */
    private void requireAll() {
        long waiting = journal.counts().waiting();
        if (waiting > 0) {
            throw new IllegalStateException(waiting + " inputs have not come to their end");
        }
    }

    private void flow(TaskPool pool, Fetcher fetcher, Earlier earlier) {
        var meter = onlookers.meter();
        var frontier = new Frontier(journal, fetcher.hosts(), beginning.hasSources());
        try (var sources = plan.sources().open();
                var feed = TaskGroup.open("feed");
                var committer = new Committer(beginning, frontier, batching(), meter)) {
            var links = new Links(plan.following(), journal);
            var parts = new Stages.Parts(pool, fetcher, earlier, frontier, committer, links, meter);
            try (var run = new Stages(plan, parts, this::told).pipeline().start();
                    var _ = new Sampler(meter, new Gauging(plan, run, parts, journal));
                    var _ = plan.quiet() ? null : progress(frontier)) {
                stop.of(run);
                if (!beginning.hasSources()) {
                    feed.forkAction(() -> feed(frontier, fetcher.sitemaps(), sources));
                }
                run.await();
                committer.finish();
            } finally {
                frontier.close();
                feed.cancel("the crawl has ended");
            }
        } catch (InterruptedException noTerminalSendsThis) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the crawl's own thread was interrupted", noTerminalSendsThis);
        }
    }

    private void feed(Frontier frontier, Sitemaps sitemaps, Iterator<Source> named) throws InterruptedException {
        try (var earlier = Earlier.of(plan.fromFailed())) {
            var following = plan.following();
            var sources = new ArrayList<Iterator<? extends Source>>();
            sources.add(following.sitemaps() ? new SitemapSources(named, sitemaps, following.scope()) : named);
            earlier.failed().ifPresent(sources::add);
            new Feed(journal, frontier).run(sources);
        }
    }

    private Committer.Batching batching() {
        // Somebody may be reading the other end of a pipe.
        var linger = plan.output().targets().home().isPresent() ? LINGER : Duration.ZERO;
        return new Committer.Batching(linger, plan.following().dedupe());
    }

    /** Where there is no file of failures, they go to standard error as they come. */
    private void told(Failure failure) {
        onlookers.failures().accept(failure);
        if (plan.output().targets().home().isEmpty()) {
            var console = onlookers.console();
            synchronized (console) {
                if (console.terminal()) {
                    console.err().print("\r\u001b[K"); // the progress line comes again below
                }
                console.err().println(failure.json());
            }
        }
    }

    private Progress progress(Frontier frontier) {
        boolean alone = plan.output().targets().home().isPresent();
        var earlier = journal.counts();
        return Progress.open(
                onlookers.console(),
                alone,
                () -> onlookers.meter().snapshot(frontier.total()).after(earlier.doneOrSkipped(), earlier.failures()),
                () -> {});
    }

    private Summary summary(Duration took) {
        var counts = journal.counts();
        long lines = journal.note(Notes.LINES).map(Long::parseLong).orElse(counts.named());
        double share = (double) journal.nanos() / Math.max(1, took.toNanos());
        return new Summary(counts, Math.max(0, lines - counts.named()), stop.isPressed(), took, share);
    }
}
