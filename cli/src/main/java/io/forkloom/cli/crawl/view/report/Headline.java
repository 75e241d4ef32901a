package io.forkloom.cli.crawl.view.report;

import io.forkloom.cli.crawl.view.Findings;
import java.time.Duration;

/** A crawl in a few words, the same in every kind of report. */
final class Headline {
    private Headline() {}

    /** {@code 300 of 305 inputs done, 5 failed}. */
    static String account(Facts facts) {
        var account = facts.account();
        long done = account.done();
        String all = done == account.read() && done > 0
                ? "All " + Figures.count(done) + (done == 1 ? " input done" : " inputs done")
                : Figures.count(done) + " of " + Figures.count(account.read()) + " inputs done";
        return all
                + part(account.failures(), "failed")
                + part(account.skips(), "skipped")
                + part(account.waiting(), "left");
    }

    private static String part(long count, String what) {
        return count == 0 ? "" : ", " + Figures.count(count) + " " + what;
    }

    /** {@code complete}, {@code interrupted}. */
    static String state(Facts facts) {
        return facts.interrupted() ? "interrupted" : "complete";
    }

    /** What this run did, and what it waited for. */
    static String story(Findings findings) {
        var counts = findings.counts();
        long ended = counts.ended();
        String what = "This run ended " + Figures.count(ended) + (ended == 1 ? " input" : " inputs") + " in "
                + Figures.duration(Duration.ofNanos(findings.nanos())) + ", "
                + Figures.rate(perSecond(findings, ended)) + ", and fetched " + Figures.bytes(counts.bytesFetched())
                + ".";
        return findings.held().isEmpty()
                ? what
                : what + " " + bottleneck(findings.held().getFirst()) + ".";
    }

    /** {@code Parse was full for 82 % of the time: more cores would help}. */
    private static String bottleneck(Findings.Held most) {
        return "For " + Figures.share(most.share()) + " of the time the bottleneck was: "
                + most.kind().brief() + " (" + most.kind().advice() + ")";
    }

    static double perSecond(Findings findings, long count) {
        return findings.nanos() <= 0 ? 0 : 1e9 * (double) count / (double) findings.nanos();
    }
}
