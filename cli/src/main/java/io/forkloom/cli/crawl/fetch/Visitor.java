package io.forkloom.cli.crawl.fetch;

import io.forkloom.cli.Version;
import java.net.ProxySelector;
import java.util.Optional;

/**
 * As whom the crawler comes, and by which way.
 *
 * @param userAgent what it calls itself; robots.txt is asked about the product that this begins with
 * @param heedsRobots whether robots.txt is read and heeded
 * @param proxies empty for what the JVM was started with
 */
public record Visitor(String userAgent, boolean heedsRobots, Optional<ProxySelector> proxies) {
    static final String PRODUCT = "forkloom-crawl/" + Version.number();

    /** As this program, without a contact, and by the straight way. */
    public static Visitor plain() {
        return new Visitor(PRODUCT, true, Optional.empty());
    }

    /** {@code forkloom-crawl} of {@code forkloom-crawl/1.0 (+mail@example.org)}. */
    String product() {
        int end = 0;
        while (end < userAgent.length() && RobotRules.isOfName(userAgent.charAt(end))) {
            end++;
        }
        return userAgent.substring(0, end);
    }
}
