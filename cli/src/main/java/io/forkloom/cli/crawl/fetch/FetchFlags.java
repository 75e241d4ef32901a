package io.forkloom.cli.crawl.fetch;

import io.forkloom.cli.InputException;
import io.forkloom.cli.Range;
import io.forkloom.cli.Size;
import io.forkloom.cli.Times;
import java.net.ProxySelector;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How to fetch, in the order of the help. */
public final class FetchFlags {
    private static final double MOST_RATE = 1e6;
    private static final Pattern PRINTABLE = Pattern.compile("[!-~]([ -~]{0,500}[!-~])?");
    private static final Pattern CONTACT = Pattern.compile("(https?://[!-'*-~]+|(mailto:)?[!-'*-?A-~]+@[!-'*-?A-~]+)");
    private static final Size LARGEST_PAGE = Size.of("1g");
    /** The JVM does not count one of the survivor spaces as memory: -Xmx512m is told as 495m. */
    private static final long HEAP_SLACK = Runtime.getRuntime().maxMemory() / 10;

    @Option(names = "--limit", paramLabel = "N", description = "Fetches at a time; default ${DEFAULT-VALUE}.")
    int limit = 64;

    @Option(names = "--per-host", paramLabel = "N", description = "Of these to one host; default ${DEFAULT-VALUE}.")
    int perHost = 4;

    @Option(
            names = "--max-size",
            paramLabel = "SIZE",
            converter = Size.Converter.class,
            description = "Largest page or file; default 32m.")
    Size maxSize = Size.of("32m");

    @Option(
            names = "--fetch-deadline",
            paramLabel = "TIME",
            converter = Times.Converter.class,
            description = {"From a request to the last byte of its answer,", "redirects included; default 30s."})
    @Nullable
    Duration fetchDeadline;

    @Option(
            names = "--retries",
            paramLabel = "N",
            description = {
                "Further attempts after refused or broken",
                "connections, 5xx and 429; default ${DEFAULT-VALUE}."
            })
    int retries = 2;

    @Option(
            names = "--delay",
            paramLabel = "TIME",
            converter = Times.Converter.class,
            description = {
                "Least time between the starts of two requests to",
                "one host. Default: what its robots.txt asks for."
            })
    Duration delay = Duration.ZERO;

    @Option(
            names = "--rate",
            paramLabel = "N",
            description = {
                "Requests a second over all hosts; 0.5 is one in two",
                "seconds. Default: as many as --limit gives."
            })
    double rate;

    @Option(
            names = "--ignore-robots",
            description = {"Do not read robots.txt: for your own hosts, or where", "you were told that you may."})
    boolean ignoreRobots;

    @Option(
            names = "--sitemaps",
            description = {"Fetch also the pages that the sitemaps of the named", "hosts list."})
    boolean sitemaps;

    @Option(
            names = "--contact",
            paramLabel = "WHO",
            description = {"A URL or mail address of yours, which the servers", "are told."})
    @Nullable
    String contact;

    @Option(names = "--user-agent", paramLabel = "NAME", description = "What the crawler calls itself.")
    @Nullable
    String userAgent;

    @Option(
            names = "--proxy",
            paramLabel = "URL",
            description = {"http://host:port. Default: the variables http_proxy,", "https_proxy and no_proxy."})
    @Nullable
    String proxy;

    /** The options; refuses what makes no sense. */
    public FetchOptions options(Duration deadline) {
        Range.check("--limit", limit, 1, 10_000);
        Range.check("--per-host", perHost, 1, 10_000);
        Range.check("--retries", retries, 0, 100);
        largest(maxSize);
        if (!(rate >= 0 && rate <= MOST_RATE)) {
            throw new InputException("--rate " + rate + " is out of range: up to " + (long) MOST_RATE + " a second");
        }
        return new FetchOptions(
                new Traffic(limit, perHost, delay, rate),
                maxSize.bytes(),
                Objects.requireNonNullElse(fetchDeadline, deadline),
                retries,
                new Visitor(agent(), !ignoreRobots, proxies()));
    }

    /** Whether the pages that sitemaps list are sources too. */
    public boolean sitemaps() {
        return sitemaps;
    }

    /** Those of the user or of the environment; empty where neither says anything. */
    public Optional<ProxySelector> proxies() {
        return Proxies.of(proxy, System.getenv());
    }

    private String agent() {
        String name = userAgent == null ? Visitor.PRODUCT : userAgent;
        if (!PRINTABLE.matcher(name).matches()) {
            throw new InputException("--user-agent '" + name + "' cannot be sent: it needs at least one character, and"
                    + " only those of ASCII");
        }
        if (contact == null) {
            return name;
        }
        if (!CONTACT.matcher(contact).matches()) {
            throw new InputException("--contact '" + contact
                    + "' is neither a URL nor a mail address: write https://example.org/bot or bot@example.org");
        }
        return name + " (+" + contact + ")";
    }

    private static void largest(Size size) {
        if (size.bytes() > LARGEST_PAGE.bytes()) {
            throw new InputException("--max-size " + size + " is too much: at most " + LARGEST_PAGE);
        }
        var needed = new Size(MemoryBudget.heapFor(size.bytes()));
        if (needed.bytes() > Runtime.getRuntime().maxMemory() + HEAP_SLACK) {
            throw new InputException("--max-size " + size + " needs a heap of " + needed
                    + ": set FORKLOOM_JAVA_OPTS=-Xmx" + (needed.bytes() >> 20) + "m, or give a smaller size");
        }
    }
}
