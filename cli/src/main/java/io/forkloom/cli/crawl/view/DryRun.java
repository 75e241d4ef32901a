package io.forkloom.cli.crawl.view;

import io.forkloom.cli.Times;
import io.forkloom.cli.crawl.source.Source;
import io.forkloom.cli.crawl.source.Sources;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * What a crawl would do, without doing it: reads the sources and counts them by kind and by host. Takes no longer than
 * its bound, however long the sources are, and keeps no more than a few of them.
 */
public final class DryRun {
    private static final int HOSTS = 1_000;
    private static final int TOLD = 10;
    private static final int TOLD_BROKEN = 3;

    // Guarded by this.
    private final Top<String, Long> hosts = new Top<>(HOSTS, Long::sum, List.of(Comparator.naturalOrder()));
    private final List<Source.Broken> broken = new ArrayList<>();
    private long pages;
    private long files;
    private long unusable;
    private boolean whole;
    private boolean stopped;

    private DryRun() {}

    /** Reads the sources, for this long at most; where they are not at their end then, that is told. */
    public static DryRun of(Sources sources, Duration atMost) throws InterruptedException {
        var run = new DryRun();
        // A thread of its own: a read of standard input can be waited for, but not be ended.
        var reader = Thread.ofPlatform().daemon().name("forkloom-dry-run").start(() -> run.read(sources));
        reader.join(atMost);
        run.stop();
        reader.interrupt();
        return run;
    }

    private void read(Sources sources) {
        try (var walk = sources.open()) {
            while (!Thread.currentThread().isInterrupted()) {
                if (!walk.hasNext()) {
                    end();
                    return;
                }
                count(walk.next());
            }
        }
    }

    private synchronized void end() {
        whole = !stopped;
    }

    /** First of all: a read that is interrupted looks like the end. */
    private synchronized void stop() {
        stopped = true;
    }

    private synchronized void count(Source source) {
        switch (source) {
            case Source.Web web -> {
                pages++;
                hosts.add(Cause.cut(String.valueOf(web.uri().getHost()), 100), 1L);
            }
            case Source.Local _ -> files++;
            case Source.Broken wrong -> {
                unusable++;
                if (broken.size() < TOLD_BROKEN) {
                    broken.add(wrong);
                }
            }
        }
    }

    /**
     * Prints it for people.
     *
     * @param settings how it would be run
     * @param atMost how long the sources were read
     */
    public synchronized void print(PrintStream out, List<Setting> settings, Duration atMost) {
        out.println("A dry run: nothing is fetched, nothing is written.");
        out.println();
        String least = whole ? "" : "at least ";
        line(
                out,
                "inputs",
                least
                        + number(pages + files + unusable)
                        + (whole ? "" : " (read for " + Times.words(atMost) + ", and there are more)"));
        line(out, "  pages", number(pages));
        line(out, "  files", number(files));
        line(out, "  unusable", number(unusable));
        broken.forEach(wrong -> out.println("    " + Cause.cut(words(wrong), 200)));
        if (pages > 0) {
            line(out, "hosts", (whole && hosts.complete() ? "" : "at least ") + number(hosts.size()));
            hosts.largest(Comparator.naturalOrder(), TOLD)
                    .forEach(host -> out.println("    " + number(host.getValue()) + "  " + host.getKey()));
        }
        out.println();
        settings.forEach(setting -> line(out, setting.name(), setting.value()));
        out.flush();
    }

    /** Some reasons name the source themselves. */
    private static String words(Source.Broken wrong) {
        return wrong.reason().contains(wrong.name()) ? wrong.reason() : wrong.name() + ": " + wrong.reason();
    }

    private static void line(PrintStream out, String name, String value) {
        out.printf(Locale.ROOT, "%-18s %s%n", name, value);
    }

    private static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
