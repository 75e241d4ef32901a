package io.forkloom.cli.crawl.fetch;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Reads a robots.txt for one product: its own groups, or those of everybody if it has none. Lines that are not
 * understood are passed over, as the RFC wants, and end no group.
 */
final class RobotsFile {
    private static final Pattern LINE_END = Pattern.compile("[\r\n]+");
    private static final Pattern DELAY = Pattern.compile("[0-9]{1,6}(\\.[0-9]{0,6})?");
    private static final int MOST_SITEMAPS = 1_000;
    private static final double MILLIS = 1e3;

    /** The rules of one or more groups, as if they were one. */
    private static final class Group {
        final List<RobotRule> rules = new ArrayList<>();
        Duration delay = Duration.ZERO;
        boolean there;
    }

    private final String product;
    private final Group ours = new Group();
    private final Group everybodys = new Group();
    private final List<String> sitemaps = new ArrayList<>();
    /** Whom the lines that come are for. */
    private boolean forUs;

    private boolean forEverybody;
    /** Further names belong to the group until its first rule. */
    private boolean naming;

    private RobotsFile(String product) {
        this.product = product;
    }

    /** @param product what the crawler's User-Agent begins with, without its version */
    static RobotRules parse(byte[] content, String product) {
        String text = new String(content, StandardCharsets.UTF_8);
        var file = new RobotsFile(product);
        LINE_END.splitAsStream(text.startsWith("\ufeff") ? text.substring(1) : text)
                .forEach(file::line);
        var group = file.ours.there ? file.ours : file.everybodys;
        return new RobotRules(group.rules, group.delay, file.sitemaps);
    }

    private void line(String line) {
        int comment = line.indexOf('#');
        String clean = comment < 0 ? line : line.substring(0, comment);
        int colon = clean.indexOf(':');
        if (colon < 0) {
            return;
        }
        String value = clean.substring(colon + 1).strip();
        switch (clean.substring(0, colon).strip().toLowerCase(Locale.ROOT)) {
            case "user-agent" -> name(value);
            case "allow" -> rule(true, value);
            case "disallow" -> rule(false, value);
            case "crawl-delay" -> delay(value);
            case "sitemap" -> {
                if (sitemaps.size() < MOST_SITEMAPS) {
                    sitemaps.add(value);
                }
            }
            default -> {}
        }
    }

    private void name(String value) {
        if (!naming) {
            naming = true;
            forUs = false;
            forEverybody = false;
        }
        int end = 0;
        while (end < value.length() && RobotRules.isOfName(value.charAt(end))) {
            end++;
        }
        forUs |= !product.isEmpty() && value.substring(0, end).equalsIgnoreCase(product);
        forEverybody |= value.startsWith("*");
        ours.there |= forUs;
    }

    private void rule(boolean allows, String pattern) {
        naming = false;
        if (pattern.isEmpty() || !(forUs || forEverybody)) {
            return;
        }
        var rule = RobotRule.of(allows, pattern);
        if (forUs) {
            ours.rules.add(rule);
        }
        if (forEverybody) {
            everybodys.rules.add(rule);
        }
    }

    private void delay(String value) {
        if (!DELAY.matcher(value).matches()) {
            return;
        }
        var delay = Duration.ofMillis(Math.round(Double.parseDouble(value) * MILLIS));
        if (forUs && delay.compareTo(ours.delay) > 0) {
            ours.delay = delay;
        }
        if (forEverybody && delay.compareTo(everybodys.delay) > 0) {
            everybodys.delay = delay;
        }
    }
}
