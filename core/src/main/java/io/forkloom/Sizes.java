package io.forkloom;

import java.util.regex.Pattern;

/**
 * Numbers of bytes as JVM options and the methods of {@link PoolConfig} take them: a positive number in decimal digits,
 * alone or followed by one of k, m and g in either case, which stand for powers of 1024.
 */
public final class Sizes {
    private static final Pattern SIZE = Pattern.compile("([0-9]{1,18})([kmgKMG]?)");

    private Sizes() {}

    /**
     * The bytes of a text such as 65536, 512k, 64m or 2g.
     *
     * @throws IllegalArgumentException where it is none, with a message for the user
     */
    public static long parse(String text) {
        var size = SIZE.matcher(text);
        if (!size.matches()) {
            throw new IllegalArgumentException("\"" + text + "\" is no size: write 65536, 512k, 64m or 2g");
        }
        long number = Long.parseLong(size.group(1));
        int shift = switch (size.group(2)) {
            case "k", "K" -> 10;
            case "m", "M" -> 20;
            case "g", "G" -> 30;
            default -> 0;
        };
        if (number == 0) {
            throw new IllegalArgumentException("a size of " + text + " leaves no room for anything");
        }
        if (number > Long.MAX_VALUE >> shift) {
            throw new IllegalArgumentException("a size of " + text + " is more than any machine has");
        }
        return number << shift;
    }
}
