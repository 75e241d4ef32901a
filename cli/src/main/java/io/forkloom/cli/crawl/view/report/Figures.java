package io.forkloom.cli.crawl.view.report;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Numbers as people read them: three digits are enough, and each has its unit. */
final class Figures {
    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern(
                    "yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private Figures() {}

    /** {@code 740 ns}, {@code 1.25 ms}. */
    static String time(double nanos) {
        return nanos < 1e3
                ? digits(nanos) + " ns"
                : nanos < 1e6
                        ? digits(nanos / 1e3) + " µs"
                        : nanos < 1e9
                                ? digits(nanos / 1e6) + " ms"
                                : nanos < 120e9 ? digits(nanos / 1e9) + " s" : digits(nanos / 60e9) + " min";
    }

    /** {@code 4.2 s}, {@code 12 min 5 s}, {@code 7 h 12 min}. */
    static String duration(Duration time) {
        return time.toMinutes() < 1
                ? digits((double) time.toMillis() / 1e3) + " s"
                : time.toHours() < 1
                        ? time.toMinutesPart() + " min " + time.toSecondsPart() + " s"
                        : time.toHours() + " h " + time.toMinutesPart() + " min";
    }

    static String time(long nanos) {
        return time((double) nanos);
    }

    static String bytes(long bytes) {
        return bytes((double) bytes);
    }

    /** {@code 82 B}, {@code 1.5 MB}. */
    static String bytes(double bytes) {
        return bytes < 1e3
                ? Math.round(bytes) + " B"
                : bytes < 1e6
                        ? digits(bytes / 1e3) + " kB"
                        : bytes < 1e9
                                ? digits(bytes / 1e6) + " MB"
                                : bytes < 1e12 ? digits(bytes / 1e9) + " GB" : digits(bytes / 1e12) + " TB";
    }

    /** {@code 1,234,567}. */
    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** {@code 72/s}; where it is less than one, {@code 0.25/s}. */
    static String rate(double perSecond) {
        return (perSecond >= 1000 ? count(Math.round(perSecond)) : digits(perSecond)) + "/s";
    }

    /** {@code 97 %}, {@code 0.4 %}. */
    static String share(double part) {
        double percent = 100 * part;
        return percent > 0 && percent < 0.1
                ? "< 0.1 %"
                : percent < 1 && percent > 0
                        ? String.format(Locale.ROOT, "%.1f %%", percent)
                        : percent > 99 && percent < 100
                                ? String.format(Locale.ROOT, "%.1f %%", Math.floor(10 * percent) / 10)
                                : Math.round(percent) + " %";
    }

    static String moment(Instant instant) {
        return MOMENT.format(instant);
    }

    private static String digits(double number) {
        return number == Math.rint(number) && number < 1e15
                ? Long.toString((long) number)
                : String.format(Locale.ROOT, number < 9.995 ? "%.2f" : number < 99.95 ? "%.1f" : "%.0f", number);
    }
}
