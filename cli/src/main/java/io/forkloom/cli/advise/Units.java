package io.forkloom.cli.advise;

import java.util.Locale;

/** Numbers for people: three digits are enough. */
final class Units {
    private Units() {}

    /** {@code 740 ns}, {@code 1.25 ms}. */
    static String time(double nanos) {
        return nanos < 1e3
                ? digits(nanos) + " ns"
                : nanos < 1e6
                        ? digits(nanos / 1e3) + " us"
                        : nanos < 1e9 ? digits(nanos / 1e6) + " ms" : digits(nanos / 1e9) + " s";
    }

    /** {@code 82 bytes}, {@code 1.5 MB}. */
    static String bytes(long bytes) {
        double number = (double) bytes;
        return bytes < 1e3
                ? bytes + (bytes == 1 ? " byte" : " bytes")
                : bytes < 1e6
                        ? digits(number / 1e3) + " kB"
                        : bytes < 1e9 ? digits(number / 1e6) + " MB" : digits(number / 1e9) + " GB";
    }

    /** {@code 97 %}. */
    static String share(double part) {
        return part > 0 && part < 0.01 ? "less than 1 %" : Math.round(100 * part) + " %";
    }

    private static String digits(double number) {
        return number == Math.rint(number)
                ? Long.toString((long) number)
                : String.format(Locale.ROOT, number < 10 ? "%.2f" : number < 100 ? "%.1f" : "%.0f", number);
    }
}
