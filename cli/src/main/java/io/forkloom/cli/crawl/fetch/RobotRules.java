package io.forkloom.cli.crawl.fetch;

import java.net.URI;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;

/**
 * What one robots.txt allows one product (RFC 9309). Crawler-commons' parser gets one of the RFC's examples wrong (the
 * second of its figure 4) and takes milliseconds for an address where there are 25,000 rules, so this is our own.
 *
 * @param rules the longest first, and of equally long ones those that allow, so that the first that matches decides
 * @param delay its Crawl-delay, which is no part of the RFC; at most {@link #LONGEST_DELAY}
 * @param sitemaps as they are named, well formed or not
 */
record RobotRules(List<RobotRule> rules, Duration delay, List<String> sitemaps) {
    static final Duration LONGEST_DELAY = Duration.ofMinutes(1);

    static final RobotRules ALLOW_ALL = new RobotRules(List.of(), Duration.ZERO, List.of());
    private static final int OVERHEAD = 100;

    RobotRules {
        rules = rules.stream()
                .sorted(Comparator.comparingInt((RobotRule rule) -> -rule.length())
                        .thenComparing(rule -> !rule.allows()))
                .toList();
        delay = delay.compareTo(LONGEST_DELAY) > 0 ? LONGEST_DELAY : delay;
        sitemaps = List.copyOf(sitemaps);
    }

    boolean allows(URI uri) {
        String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        if (path.equals(Robots.PATH)) {
            return true;
        }
        String normal = RobotRule.normal(uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery());
        for (var rule : rules) {
            if (rule.matches(normal)) {
                return rule.allows();
            }
        }
        return true;
    }

    /** About the bytes that it takes in memory. */
    long weight() {
        long weight = OVERHEAD;
        for (var rule : rules) {
            weight += OVERHEAD + rule.length();
        }
        for (var sitemap : sitemaps) {
            weight += OVERHEAD + sitemap.length();
        }
        return weight;
    }

    /** Of a product's name: letters, dashes and underscores. */
    static boolean isOfName(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_';
    }
}
