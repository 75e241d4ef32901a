package io.forkloom.cli.crawl;

import io.forkloom.TaskPool;
import io.forkloom.cli.crawl.deliver.Failure;
import io.forkloom.cli.crawl.deliver.Parcel;
import io.forkloom.cli.crawl.fetch.Backoff;
import io.forkloom.cli.crawl.fetch.DisallowedException;
import io.forkloom.cli.crawl.fetch.FetchException;
import io.forkloom.cli.crawl.fetch.Fetched;
import io.forkloom.cli.crawl.fetch.Fetcher;
import io.forkloom.cli.crawl.fetch.Unchanged;
import io.forkloom.cli.crawl.fetch.Validators;
import io.forkloom.cli.crawl.frontier.Frontier;
import io.forkloom.cli.crawl.frontier.Visit;
import io.forkloom.cli.crawl.journal.Ending;
import io.forkloom.cli.crawl.journal.Input;
import io.forkloom.cli.crawl.journal.Skip;
import io.forkloom.cli.crawl.parse.RemoteParser;
import io.forkloom.cli.crawl.view.Meter;
import io.forkloom.pipeline.DeadLetter;
import io.forkloom.pipeline.OnError;
import io.forkloom.pipeline.Pipeline;
import java.util.List;
import java.util.function.Consumer;

/** What happens to one input between the frontier, which chooses it, and the committer, which brings it to its end. */
final class Stages {
    /** Whom it works with. */
    record Parts(
            TaskPool pool,
            Fetcher fetcher,
            Earlier earlier,
            Frontier frontier,
            Committer committer,
            Links links,
            Meter meter) {}

    private final CrawlPlan plan;
    private final Parts parts;
    private final Consumer<Failure> watcher;

    /** The watcher is told of every failure. */
    Stages(CrawlPlan plan, Parts parts, Consumer<Failure> watcher) {
        this.plan = plan;
        this.parts = parts;
        this.watcher = watcher;
    }

    Pipeline<?> pipeline() {
        var dead = OnError.deadLetter(this::end);
        return Pipeline.<Visit>from(() -> parts.frontier())
                // Its retries are the frontier's: how long to wait is for the server to say, and nobody waits in a
                // place.
                .io("fetch", plan.fetch().limit(), this::fetch)
                .onError(dead)
                // Not a cpu stage, whose tasks are all alike: each of these has its source for a label.
                .io("parse", parses(parts.pool()), this::parse)
                .onError(dead)
                // What cannot be written ends the crawl: no other page would fare better.
                .sink("deliver", 1, parts.committer()::bring);
    }

    /** One is computed by each worker, and one is on its way to it. */
    static int parses(TaskPool pool) {
        return 2 * pool.workers();
    }

    private Work fetch(Visit visit) throws FetchException, SkippedException, InterruptedException {
        var input = visit.input();
        var since = parts.earlier().validators(input.key());
        var answer = parts.fetcher().fetch(input.source(), since, visit.place());
        parts.meter()
                .fetched(
                        input.host(),
                        answer.cost().took().toNanos(),
                        answer.cost().bytes());
        return switch (answer) {
            case Fetched fetched -> new Work(input, fetched);
            case Unchanged unchanged ->
                throw new SkippedException(
                        Skip.UNCHANGED, unchanged.validators(), parts.earlier().linksOf(input.key()));
        };
    }

    private Arrival parse(Work work) throws InterruptedException {
        try (var _ = work.fetched().lease()) {
            var page = work.fetched().page();
            var result = RemoteParser.parse(parts.pool().with(plan.parse().taskFor(page)), page);
            parts.meter().parsed(result.type(), (long) (result.effort().ms() * 1e6), page.body().length);
            var parcel = new Parcel(work.input().key(), result);
            return new Arrival.Parsed(
                    work.input(),
                    parcel,
                    work.fetched().validators(),
                    parts.links().of(work.input(), result.links()));
        }
    }

    /** What a stage could not deal with comes again, is skipped, or has failed. */
    private void end(DeadLetter letter) {
        if (!(letter.item() instanceof Visit visit)) {
            throw new IllegalStateException("not a visit: " + letter.item());
        }
        var input = visit.input();
        if (letter.error() instanceof FetchException failed) {
            parts.meter().fetchFailed(input.host(), String.valueOf(failed.getMessage()));
        }
        switch (letter.error()) {
            case SkippedException skipped -> end(skipped(input, skipped));
            case FetchException passing
            when passing.isPassing() && visit.attempt() <= plan.fetch().retries() ->
                parts.frontier().again(visit, Backoff.before(visit.attempt() + 1, passing.retryAfter()));
            case DisallowedException _
            when !input.isNamed() -> end(new Ending.Skipped(input, Skip.DISALLOWED, Validators.NONE, List.of()));
            case FetchException lasting -> fail(input, letter, lasting.after(visit.attempt()));
            default -> fail(input, letter, letter.error());
        }
    }

    private Ending skipped(Input input, SkippedException skipped) {
        return new Ending.Skipped(
                input, skipped.why(), skipped.validators(), parts.links().of(input, skipped.links()));
    }

    private void fail(Input input, DeadLetter letter, Throwable error) {
        var failure = Failures.of(input.source().name(), letter.stage(), error);
        end(new Ending.Failed(input, failure));
        watcher.accept(failure);
    }

    private void end(Ending ending) {
        try {
            parts.committer().bring(new Arrival.Ended(ending));
        } catch (InterruptedException e) {
            // The crawl is being ended, and for the journal this one waits.
            Thread.currentThread().interrupt();
        }
    }
}
