package io.forkloom;

import java.util.regex.Pattern;

/** Sizes as JVM options write them: 65536, 512k, 64m, 2g. */
final class Sizes {
    private static final Pattern SIZE = Pattern.compile("(\\d{1,15})([kmgKMG]?)");

    private Sizes() {}

    static long parse(String text) {
        var size = SIZE.matcher(text);
        if (!size.matches()) {
            throw new IllegalArgumentException("\"" + text + "\" is no size: write 65536, 512k, 64m or 2g");
        }
        long number = Long.parseLong(size.group(1));
        return switch (size.group(2)) {
            case "k", "K" -> Math.multiplyExact(number, 1L << 10);
            case "m", "M" -> Math.multiplyExact(number, 1L << 20);
            case "g", "G" -> Math.multiplyExact(number, 1L << 30);
            default -> number;
        };
    }
}
