package io.forkloom.cli.crawl;

import io.forkloom.TaskPool;
import io.forkloom.cli.crawl.frontier.Frontier;
import io.forkloom.cli.crawl.journal.Journal;
import io.forkloom.cli.crawl.view.Gauges;
import io.forkloom.pipeline.PipelineRun;
import java.util.function.Supplier;

/** How things stand, once a second, for whoever looks. One thread asks. */
final class Gauging implements Supplier<Gauges> {
    private final CrawlPlan plan;
    private final PipelineRun run;
    private final TaskPool pool;
    private final Frontier frontier;
    private final Committer committer;
    private final Journal journal;
    private long lastLook = System.nanoTime();
    private long lastJournal;

    Gauging(CrawlPlan plan, PipelineRun run, Stages.Parts parts, Journal journal) {
        this.plan = plan;
        this.run = run;
        this.pool = parts.pool();
        this.frontier = parts.frontier();
        this.committer = parts.committer();
        this.journal = journal;
    }

    @Override
    public Gauges get() {
        var stages = run.account().stages();
        var waiting = frontier.waiting();
        long now = System.nanoTime();
        long inJournal = journal.nanos();
        double share = (double) (inJournal - lastJournal) / Math.max(1, now - lastLook);
        lastLook = now;
        lastJournal = inJournal;
        return new Gauges(
                new Gauges.Load((int) stages.get(0).busy(), plan.fetch().limit()),
                new Gauges.Load((int) stages.get(1).busy(), Stages.parses(pool)),
                committer.load(),
                waiting.reading(),
                waiting.inputs(),
                waiting.hostsHeldBack(),
                Math.min(pool.stats().running(), pool.workers()),
                pool.workers(),
                Math.min(1, share));
    }
}
