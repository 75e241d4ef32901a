package io.forkloom.cli.crawl.fetch;

import io.forkloom.cli.crawl.parse.Origin;
import io.forkloom.cli.crawl.parse.Page;
import io.forkloom.cli.crawl.parse.ParserKind;
import io.forkloom.cli.crawl.source.Problems;
import io.forkloom.cli.crawl.source.Source;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;

/** Gets the content of sources, whatever they are. Called by many threads, each of which waits for its own source. */
public final class Fetcher implements AutoCloseable {
    private final ParserKind kind;
    private final BodyReader bodies;
    private final WebFetcher web;
    private final ScheduledExecutorService timer;

    public Fetcher(FetchOptions options, ParserKind kind, MemoryBudget budget) {
        this.kind = kind;
        this.bodies = new BodyReader(options.maxSize(), budget);
        this.timer = timer();
        this.web = new WebFetcher(options, bodies, timer);
    }

    public Fetched fetch(Source source) throws FetchException, InterruptedException {
        return switch (source) {
            case Source.Web page -> fetched(web.fetch(page));
            case Source.Local file -> fetched(read(file));
            case Source.Broken broken -> throw FetchException.lasting(broken.reason());
        };
    }

    private Fetched fetched(Content content) {
        return new Fetched(
                new Page(content.origin(), content.body().bytes(), kind),
                content.body().lease());
    }

    /** What both kinds of sources give. */
    public record Content(Origin origin, BodyReader.Body body) {}

    private Content read(Source.Local file) throws FetchException, InterruptedException {
        try {
            var attributes = Files.readAttributes(file.path(), BasicFileAttributes.class);
            if (!attributes.isRegularFile()) {
                throw FetchException.lasting("is no regular file any more");
            }
            try (InputStream in = Files.newInputStream(file.path())) {
                return new Content(Origin.file(file.name()), bodies.read(in, attributes.size(), Clock.NONE));
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
