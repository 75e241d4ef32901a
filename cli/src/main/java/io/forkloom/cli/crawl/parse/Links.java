package io.forkloom.cli.crawl.parse;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jsoup.internal.StringUtil;

/**
 * The addresses that a page leads to: absolute, without fragments, each once, in the order of the page; only what this command
 * itself would fetch.
 */
final class Links {
    private final String base;
    private final String self;
    private final Set<String> seen = new java.util.HashSet<>();
    private final Set<String> found = new LinkedHashSet<>();
    /** Of the base: up to the end of the host, and up to the last slash of the path. 0: no ordinary address. */
    private final int hostEnd;

    private final int folderEnd;

    /**
     * For one page.
     *
     * @param base what its links are relative to; empty for a file
     * @param self where it came from; links to its own sections lead nowhere else
     */
    Links(String base, String self) {
        this.base = base;
        this.self = self;
        int path = isWeb(base) && isPlain(base) ? base.indexOf('/', base.indexOf("://") + 3) : -1;
        int query = base.indexOf('?');
        hostEnd = Math.max(path, 0);
        folderEnd =
                path < 0 || base.indexOf('#') >= 0 ? 0 : base.lastIndexOf('/', query < 0 ? base.length() : query) + 1;
    }

    void add(String href) {
        int hash = href.indexOf('#');
        String link = (hash < 0 ? href : href.substring(0, hash)).strip();
        if (!seen.add(link)) {
            return;
        }
        String target = resolve(link);
        int fragment = target.indexOf('#');
        target = fragment < 0 ? target : target.substring(0, fragment);
        if (isWeb(target)) {
            found.add(target);
        }
    }

    /**
     * Most links are plain, and are resolved here as RFC 3986 has it, 5.2.2. What has other characters, or is odd otherwise,
     * goes the long way over java.net.URL, which takes fifty times as long.
     */
    private String resolve(String link) {
        if (!isPlain(link)) {
            return StringUtil.resolve(base, link);
        }
        if (isWeb(link)) {
            return link.indexOf('/', link.indexOf("://") + 3) > 0 && link.indexOf("/.") < 0
                    ? link
                    : StringUtil.resolve(base, link);
        }
        boolean ordinary = folderEnd > 0 && !link.isEmpty() && link.charAt(0) != '?' && !link.startsWith("//");
        if (!ordinary || link.indexOf(':') >= 0) {
            return StringUtil.resolve(base, link);
        }
        return link.charAt(0) == '/' ? within(0, link) : within(folderEnd - hostEnd, link);
    }

    /** The link behind so much of the base's path, without its dots. */
    private String within(int folder, String link) {
        int query = link.indexOf('?');
        String path = query < 0 ? link : link.substring(0, query);
        String joined = base.substring(hostEnd, hostEnd + folder) + path;
        if (joined.contains("/.")) {
            joined = withoutDots(joined);
        }
        return base.substring(0, hostEnd) + joined + (query < 0 ? "" : link.substring(query));
    }

    /** RFC 3986, 5.2.4. */
    private static String withoutDots(String path) {
        var kept = new StringBuilder(path.length());
        int at = 0;
        while (at < path.length()) {
            int end = path.indexOf('/', at + 1);
            String segment = path.substring(at, end < 0 ? path.length() : end);
            boolean last = end < 0;
            if (segment.equals("/..")) {
                kept.setLength(Math.max(kept.lastIndexOf("/"), 0));
            } else if (!segment.equals("/.")) {
                kept.append(segment);
                last = false;
            }
            if (last) {
                kept.append('/');
            }
            at = end < 0 ? path.length() : end;
        }
        return kept.toString();
    }

    private static boolean isWeb(String address) {
        return address.regionMatches(true, 0, "http://", 0, 7) || address.regionMatches(true, 0, "https://", 0, 8);
    }

    /** Letters, digits, and punctuation that stands for itself in an address. */
    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x80 || !PLAIN[c]) {
                return false;
            }
        }
        return true;
    }

    private static final boolean[] PLAIN = plain();

    private static boolean[] plain() {
        var plain = new boolean[128];
        for (char c = 0; c < plain.length; c++) {
            plain[c] = (c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z')
                    || (c >= '0' && c <= '9')
                    || "/.-_~?=&%:+,;!*'()@$".indexOf(c) >= 0;
        }
        return plain;
    }

    List<String> found() {
        found.remove(self);
        return List.copyOf(found);
    }
}
