package io.forkloom.bench.rows;

import io.forkloom.bench.Measurement;
import io.forkloom.bench.crawl.CrawlImages;
import io.forkloom.bench.crawl.CrawlMemory;
import io.forkloom.bench.crawl.CrawlPages;
import io.forkloom.bench.crawl.CrawlWarm;
import io.forkloom.bench.front.Front;
import java.util.List;

/** All of them, in the order of the table. */
public final class Rows {
    private static final int KIB = 1024;
    private static final int MIB = 1024 * KIB;

    private Rows() {}

    public static List<Measurement> all() {
        return List.of(
                new CallNoop(),
                new CallIdle(),
                new SubmitLambda(),
                new SubmitEcho("submit.1k", KIB, 20_000),
                new SubmitEcho("submit.64k", 64 * KIB, 1_000),
                new MapChunked(),
                BigBytes.argument("big.64m.arg", 64 * MIB),
                BigBytes.echo("big.64m.echo", 64 * MIB),
                new StartCold(),
                new StartSpare(),
                new WorkerMemory(),
                new IdleCpu(),
                new ComputeTwo(),
                new WatchNamed(),
                new WatchIdle(),
                new ForkJoin(),
                new ChannelItems(256),
                new ChannelItems(1),
                new GeneratorElements(),
                new Parked(),
                Timers.sleeps(),
                Timers.timeouts(),
                new Front("process"),
                new Front("thread"),
                new Front("inline"),
                new Conversations(),
                CrawlPages.once(),
                CrawlPages.tenTimes(),
                new CrawlWarm(),
                new CrawlImages(),
                new CrawlMemory());
    }

    /** Echoes of so many bytes, one after the other; a second's worth of them, about. */
    public static Measurement latency(int bytes) {
        return new EchoLatency("echo.latency", bytes, share(bytes, 5, 3_000));
    }

    /** Echoes of so many bytes, all at once. */
    public static Measurement throughput(int bytes) {
        return new SubmitEcho("echo.throughput", bytes, share(bytes, 16, 10_000));
    }

    /** As many as make 64 MiB, within these bounds. */
    private static int share(int bytes, int least, int most) {
        return Math.clamp(64 * MIB / bytes, least, most);
    }
}
