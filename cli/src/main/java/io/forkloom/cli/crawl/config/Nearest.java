package io.forkloom.cli.crawl.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds the name that somebody meant who made a mistake in it. */
final class Nearest {
    private Nearest() {}

    /** The name with the fewest letters to change; empty where that is more than every third, or all. */
    static Optional<String> to(String name, Collection<String> known) {
        return known.stream()
                .min(Comparator.comparingInt((String each) -> distance(name, each))
                        .thenComparing(each -> each))
                .filter(each -> near(name, each));
    }

    private static boolean near(String name, String other) {
        int distance = distance(name, other);
        return distance <= (Math.max(name.length(), other.length()) + 2) / 3
                && distance < Math.min(name.length(), other.length());
    }

    /** Letters to put in, to leave out or to replace (Levenshtein's distance), by one row of its table. */
    static int distance(String from, String to) {
        var row = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[to.length()];
    }
}
