package io.forkloom.cli.crawl.view.report;

import io.forkloom.cli.Times;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Marks of axes, at round numbers. */
final class Ticks {
    private static final long[] SECONDS = {
        1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 10_800, 21_600, 43_200, 86_400
    };

    /** Where it is, and what stands at it. */
    record Tick(double value, String words) {}

    private Ticks() {}

    /** Of an axis that begins at 0 and reaches to what is there or a little further: its last tick is its end. */
    static List<Tick> upTo(double most) {
        double step = step((most <= 0 ? 1 : most) / 4);
        var ticks = new ArrayList<Tick>();
        for (int i = 0; ticks.size() < 2 || ticks.getLast().value() < most; i++) {
            double value = i * step;
            ticks.add(new Tick(value, words(value, step)));
        }
        return ticks;
    }

    /** 1, 2 or 5 of a power of ten, at least so much. */
    private static double step(double least) {
        double ten = Math.pow(10, Math.floor(Math.log10(least)));
        return least <= ten ? ten : least <= 2 * ten ? 2 * ten : least <= 5 * ten ? 5 * ten : 10 * ten;
    }

    private static String words(double value, double step) {
        int digits = step >= 1 ? 0 : (int) Math.ceil(-Math.log10(step));
        return String.format(Locale.ROOT, "%,." + digits + "f", value);
    }

    /** Of an axis of time from 0: the clock, in round steps. */
    static List<Tick> ofTime(double seconds, int most) {
        var ticks = new ArrayList<Tick>();
        if (seconds < 4) {
            double step = step(seconds / most);
            for (int i = 0; i * step <= seconds; i++) {
                ticks.add(new Tick(i * step, words(i * step, step)));
            }
            return ticks;
        }
        long step = SECONDS[SECONDS.length - 1];
        for (int i = SECONDS.length - 1; i >= 0 && seconds / SECONDS[i] <= most; i--) {
            step = SECONDS[i];
        }
        while (seconds / step > most) {
            step *= 2;
        }
        for (long value = 0; value <= seconds; value += step) {
            ticks.add(new Tick(value, Times.clock(Duration.ofSeconds(value))));
        }
        return ticks;
    }

    /** A moment as the axis of so many seconds shows it. */
    static String clock(double moment, double seconds) {
        return seconds < 4 ? words(moment, 0.01) : Times.clock(Duration.ofSeconds((long) moment));
    }

    /** What the clock of {@link #ofTime} shows. */
    static String unitOfTime(double seconds) {
        return (seconds < 4 ? "seconds" : seconds < 3_600 ? "minutes:seconds" : "hours:minutes:seconds")
                + " since the start";
    }
}
