package io.forkloom.cli.crawl.view;

import io.forkloom.cli.Times;
import io.forkloom.cli.crawl.view.Gauges.Load;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * How far a crawl is.
 *
 * @param total how many inputs there are, where that is known already
 */
public record Snapshot(long done, long failed, OptionalLong total, Stages stages) {

    /** Less than a terminal's 80 columns: a line that wraps cannot be written again in place. */
    private static final int WIDTH = 79;

    /** The stages, and how many pages have gone through them. */
    public record Stages(Gauges now, long fetched, long parsed, Bottleneck bottleneck) {}

    /** How many a second lately: inputs that ended, pages that were fetched and parsed. */
    record Rates(double ended, double fetched, double parsed) {}

    /** With what earlier runs of the same crawl have brought to an end. */
    public Snapshot after(long earlierDone, long earlierFailed) {
        return new Snapshot(earlierDone + done, earlierFailed + failed, total, stages);
    }

    long ended() {
        return done + failed;
    }

    /** {@code 1200/3906 done, 3 failed, 2/2 workers busy, 410/s, 0:06 left; parse is full}. */
    public String line(double rate) {
        String line = count(rate);
        String brief = "; " + stages.bottleneck().kind().brief();
        return line.length() + brief.length() > WIDTH ? cut(line) : line + brief;
    }

    /** What there is to say where there is room for it. */
    List<String> lines(Rates rates) {
        var now = stages.now();
        return List.of(
                cut(count(rates.ended())),
                cut("  fetch " + stage(now.fetch(), rates.fetched())
                        + "   parse " + stage(now.parse(), rates.parsed())
                        + "   deliver " + stage(now.deliver(), rates.ended())
                        + "   " + now.waiting() + " wait"),
                cut("  " + stages.bottleneck().words()));
    }

    private String count(double rate) {
        String of = total.isPresent() ? "/" + total.getAsLong() : "";
        String left = "";
        if (total.isPresent() && rate > 0 && total.getAsLong() > ended()) {
            left = ", " + Times.clock(Duration.ofSeconds((long) Math.ceil((total.getAsLong() - ended()) / rate)))
                    + " left";
        }
        return String.format(
                Locale.ROOT,
                "%d%s done, %d failed, %d/%d workers busy, %.0f/s%s",
                done,
                of,
                failed,
                stages.now().busy(),
                stages.now().workers(),
                rate,
                left);
    }

    /** {@code 12/64 410/s}. */
    private static String stage(Load load, double rate) {
        return String.format(Locale.ROOT, "%d/%d %.0f/s", load.underWay(), load.limit(), rate);
    }

    private static String cut(String line) {
        return line.length() > WIDTH ? line.substring(0, WIDTH) : line;
    }
}
