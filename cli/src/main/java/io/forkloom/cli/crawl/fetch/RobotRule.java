package io.forkloom.cli.crawl.fetch;

import io.forkloom.cli.crawl.fetch.Percent.Form;
import java.util.List;

/**
 * One line of a robots.txt. {@code *} stands for anything, and a {@code $} at the end for the end of the address.
 *
 * @param pieces of the pattern between its stars, in the normal form of addresses
 * @param length in octets of the pattern, which decides which rule holds
 */
record RobotRule(boolean allows, List<String> pieces, boolean toEnd, int length) {

    static RobotRule of(boolean allows, String pattern) {
        boolean toEnd = pattern.endsWith("$");
        String open = toEnd ? pattern.substring(0, pattern.length() - 1) : pattern;
        var pieces = List.of(Percent.normal(open, Form.PATTERN).split("\\*", -1));
        int length = pieces.stream().mapToInt(String::length).sum() + pieces.size() - 1 + (toEnd ? 1 : 0);
        return new RobotRule(allows, pieces, toEnd, length);
    }

    /** An address's path and query, as rules are compared with it: a star in it is no wildcard. */
    static String normal(String path) {
        return Percent.normal(path, Form.ADDRESS);
    }

    /** Takes each piece where it first comes, which is right for all but the last. Never tries again, so it is linear. */
    boolean matches(String path) {
        String first = pieces.getFirst();
        if (!path.startsWith(first)) {
            return false;
        }
        int at = first.length();
        int last = pieces.size() - 1;
        for (int i = 1; i <= last; i++) {
            String piece = pieces.get(i);
            if (i == last && toEnd) {
                return path.length() - piece.length() >= at && path.endsWith(piece);
            }
            int found = path.indexOf(piece, at);
            if (found < 0) {
                return false;
            }
            at = found + piece.length();
        }
        return !toEnd || at == path.length();
    }
}
