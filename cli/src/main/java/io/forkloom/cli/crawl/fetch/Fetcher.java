package io.forkloom.cli.crawl.fetch;

import io.forkloom.cli.crawl.parse.Origin;
import io.forkloom.cli.crawl.parse.Page;
import io.forkloom.cli.crawl.parse.Recipe;
import io.forkloom.cli.crawl.source.Problems;
import io.forkloom.cli.crawl.source.Source;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.jspecify.annotations.Nullable;

/** Gets the content of sources, whatever they are. Called by many threads, each of which waits for its own source. */
public final class Fetcher implements AutoCloseable {
    private final Recipe recipe;
    private final BodyReader bodies;
    private final WebFetcher web;
    private final Sitemaps sitemaps;
    private final Retries retries;
    private final ScheduledExecutorService timer;

    public Fetcher(FetchOptions options, Recipe recipe, MemoryBudget budget) {
        this(options, recipe, budget, Countdown.FLOOR);
    }

    Fetcher(FetchOptions options, Recipe recipe, MemoryBudget budget, Countdown.Floor floor) {
        this.recipe = recipe;
        this.bodies = new BodyReader(options.maxSize(), budget);
        this.timer = timer();
        this.web = new WebFetcher(options, bodies, timer, floor);
        this.retries = new Retries(options.retries());
        this.sitemaps = new Sitemaps(web, budget, retries);
    }

    /** What the hosts bear. */
    public Hosts hosts() {
        return web.hosts();
    }

    /** What the hosts allow. */
    public Robots robots() {
        return web.robots();
    }

    /** What the hosts have. */
    public Sitemaps sitemaps() {
        return sitemaps;
    }

    /** The content, whether it has changed since or not. Waits, and tries again what failed in passing. */
    Fetched fetch(Source source) throws FetchException, InterruptedException {
        return (Fetched) retries.of(() -> fetch(source, Validators.NONE, null));
    }

    /**
     * One attempt.
     *
     * @param since of the last time; {@link Validators#NONE} never gives {@link Unchanged}
     * @param place at the source's host, which is given back here; null to wait for one
     */
    public Answer fetch(Source source, Validators since, Hosts.@Nullable Place place)
            throws FetchException, InterruptedException {
        return switch (source) {
            case Source.Web page -> answer(web.fetch(page, since, place), since);
            case Source.Local file -> read(file, since);
            case Source.Broken broken -> throw FetchException.lasting(broken.reason());
        };
    }

    private Answer answer(WebFetcher.Reply reply, Validators since) {
        return reply.content().isEmpty()
                ? new Unchanged(since, reply.cost())
                : fetched(reply.content().get(), reply.cost());
    }

    private Fetched fetched(Content content, Cost cost) {
        return new Fetched(
                new Page(content.origin(), content.body().bytes(), recipe),
                content.body().lease(),
                content.validators(),
                cost);
    }

    /** What both kinds of sources give. */
    record Content(Origin origin, BodyReader.Body body, Validators validators) {}

    private Answer read(Source.Local file, Validators since) throws FetchException, InterruptedException {
        long begin = System.nanoTime();
        try {
            var attributes = Files.readAttributes(file.path(), BasicFileAttributes.class);
            if (!attributes.isRegularFile()) {
                throw FetchException.lasting("is no regular file any more");
            }
            var now = new Validators(attributes.size() + " " + attributes.lastModifiedTime(), "");
            if (now.equals(since)) {
                return new Unchanged(now, new Cost(Duration.ofNanos(System.nanoTime() - begin), 0));
            }
            try (InputStream in = Files.newInputStream(file.path())) {
                var body = bodies.read(in, attributes.size(), Clock.NONE);
                var cost = new Cost(Duration.ofNanos(System.nanoTime() - begin), body.bytes().length);
                return fetched(new Content(Origin.file(file.name()), body, now), cost);
            }
        } catch (IOException failure) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            throw FetchException.lasting("cannot be read: " + Problems.describe(failure));
        }
    }

    /** A platform thread: on a virtual one deadlines would wait behind whoever keeps the carriers. */
    private static ScheduledExecutorService timer() {
        var timer = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("forkloom-deadlines").factory());
        timer.setRemoveOnCancelPolicy(true);
        return timer;
    }

    @Override
    public void close() {
        web.close();
        timer.shutdownNow();
    }
}
