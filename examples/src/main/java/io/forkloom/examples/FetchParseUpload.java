package io.forkloom.examples;

import static io.forkloom.pipeline.OnError.deadLetter;
import static io.forkloom.pipeline.OnError.retry;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;

import io.forkloom.ProcessPool;
import io.forkloom.pipeline.Pipeline;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * E3, fetch, parse, upload: pages are fetched and results uploaded on virtual threads, parsing is done in the pool, and all
 * is bounded from the source to the sinks. Ten results are one upload; a catalogue has them in the order of the pages, whichever
 * was there first. One page answers at the second attempt only, one cannot be parsed.
 */
public final class FetchParseUpload {
    private static final Pattern TITLE = Pattern.compile("<title>(.*)</title>");
    private static final Pattern TAG = Pattern.compile("<[^>]*>");

    private FetchParseUpload() {}

    /** What is known of a page. */
    record Summary(String title, int words) implements Serializable {}

    /** A page without a title. */
    static final class UntitledException extends Exception {
        private static final long serialVersionUID = 1;

        UntitledException(String page) {
            super("no title in " + page);
        }
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        var numbers = IntStream.rangeClosed(1, 40).boxed().toList();
        var catalogue = new ArrayList<String>(); // of the one thread of that sink
        try (var shop = Shop.open();
                var pool = ProcessPool.open(c -> c.workers(2).heap("128m"))) {
            var account = Pipeline.from(numbers)
                    .io("fetch", 8, shop::fetch)
                    .onError(retry(2, ofMillis(20)).thenFail())
                    .ordered()
                    .cpu("parse", pool, FetchParseUpload::parse)
                    .onError(deadLetter(letter -> IO.println("dead letter: page " + letter.item() + " at stage "
                            + letter.stage() + ": " + letter.error().getCause())))
                    .ordered()
                    .toAll(
                            all -> all.batch(10, ofMinutes(1)).sink("upload", 2, shop::upload),
                            all -> all.sink("catalogue", 1, page -> catalogue.add(page.title())))
                    .run();

            for (var stage : account.stages()) {
                IO.println(stage.name() + ": " + stage.in() + " in, " + stage.out() + " out, " + stage.retried()
                        + " retried, " + stage.failed() + " failed");
            }
            IO.println(account.read() + " read = " + account.done() + " done + " + account.skipped() + " skipped + "
                    + account.dead() + " dead + " + account.cancelled() + " cancelled");
            IO.println("uploaded: " + shop.uploads() + " summaries of " + shop.words() + " words, in " + shop.requests()
                    + " requests");
            IO.println("catalogue: " + String.join(" ", catalogue));
        }
    }

    /** In the worker. */
    static Summary parse(String page) throws UntitledException {
        var title = TITLE.matcher(page);
        if (!title.find()) {
            throw new UntitledException(page);
        }
        var text = TAG.matcher(page).replaceAll(" ");
        return new Summary(title.group(1), text.strip().split("\\s+", -1).length);
    }
}
