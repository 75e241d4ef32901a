package io.forkloom.bench;

import io.forkloom.bench.crawl.Corpus;
import io.forkloom.bench.crawl.CrawlMemory;
import io.forkloom.bench.peers.Peers;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The JVM that is measured; {@code forkloom bench} starts it, and has checked the arguments. */
public final class BenchMain {
    private static final int DONE = 0;
    private static final int SOME_FAILED = 1;

    private BenchMain() {}

    /**
     * As {@code [--json] [--peers] [--python COMMAND] [--corpus DIR] [--inputs N] [NAME…]}.
     *
     * @see Bench#isName
     */
    @SuppressWarnings("SystemOut")
    public static void main(String[] args) throws IOException, InterruptedException {
        var names = new ArrayList<>(List.of(args));
        boolean json = names.remove("--json");
        boolean withPeers = names.remove("--peers");
        int at = names.indexOf("--python");
        Optional<String> python = at < 0 ? Optional.empty() : Optional.of(names.remove(at + 1));
        names.remove("--python");
        setting(names, "--corpus", Corpus.FOLDER);
        setting(names, "--inputs", CrawlMemory.INPUTS);
        var report = json ? new JsonReport(System.out, System.err) : new TableReport(System.out);
        report.say(machine());
        boolean all;
        try (var peers = withPeers ? Peers.find(python, report::say) : Peers.none()) {
            all = new Bench(Scale.FULL, peers, report).run(Bench.wanted(names));
        }
        System.exit(all ? DONE : SOME_FAILED);
    }

    private static void setting(List<String> arguments, String option, String property) {
        int at = arguments.indexOf(option);
        if (at >= 0) {
            System.setProperty(property, arguments.remove(at + 1));
            arguments.remove(at);
        }
    }

    /** A machine that has other work gives other figures: so the load before the run is told with them. */
    private static String machine() {
        var system = ManagementFactory.getOperatingSystemMXBean();
        return String.format(
                Locale.ROOT,
                "Java %s, %s %s, %d processors, load %.1f",
                Runtime.version(),
                system.getName(),
                system.getArch(),
                system.getAvailableProcessors(),
                system.getSystemLoadAverage());
    }
}
