package io.forkloom.cli.crawl.source;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * Counts the sources ahead of the crawl, on a thread of its own, so that the progress line can say how long it still
 * takes. Unknown where a source can be read only once.
 */
public final class Total implements AutoCloseable {
    private final Thread thread;
    private volatile long count = -1;

    public Total(Sources sources) {
        thread = Thread.ofPlatform().daemon().name("forkloom-count").unstarted(() -> count(sources));
        if (sources.arguments().stream().allMatch(Total::readableTwice)) {
            thread.start();
        }
    }

    public OptionalLong known() {
        return count < 0 ? OptionalLong.empty() : OptionalLong.of(count);
    }

    /** Waits until it is counted. */
    void await() throws InterruptedException {
        thread.join();
    }

    private void count(Sources sources) {
        var again = new Sources(sources.arguments(), InputStream.nullInputStream(), sources.skip());
        long counted = 0;
        try (var walk = again.open()) {
            while (walk.hasNext() && !Thread.currentThread().isInterrupted()) {
                walk.next();
                counted++;
            }
        }
        count = counted;
    }

    /** Not standard input, nor a pipe as {@code @<(command)} makes one. */
    private static boolean readableTwice(String argument) {
        return !argument.equals("-")
                && (!argument.startsWith("@") || Files.isRegularFile(Path.of(argument.substring(1))));
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
