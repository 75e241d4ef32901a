package io.forkloom.cli.crawl.view;

import io.forkloom.cli.Times;
import java.time.Duration;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * How far a crawl is.
 *
 * @param total how many inputs there are, where that is known already
 */
public record Snapshot(long done, long failed, int busy, int workers, OptionalLong total) {

    /** Less than a terminal's 80 columns: a line that wraps cannot be written again in place. */
    private static final int WIDTH = 79;

    long ended() {
        return done + failed;
    }

    /** {@code 1200/3906 done, 3 failed, 2/2 workers busy, 410/s, 0:06 left}. */
    public String line(double rate) {
        String of = total.isPresent() ? "/" + total.getAsLong() : "";
        String left = "";
        if (total.isPresent() && rate > 0 && total.getAsLong() > ended()) {
            left = ", " + Times.clock(Duration.ofSeconds((long) Math.ceil((total.getAsLong() - ended()) / rate)))
                    + " left";
        }
        String line = String.format(
                Locale.ROOT,
                "%d%s done, %d failed, %d/%d workers busy, %.0f/s%s",
                done,
                of,
                failed,
                busy,
                workers,
                rate,
                left);
        return line.length() > WIDTH ? line.substring(0, WIDTH) : line;
    }
}
