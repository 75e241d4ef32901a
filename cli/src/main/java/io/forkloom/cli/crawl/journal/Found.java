package io.forkloom.cli.crawl.journal;

import io.forkloom.cli.crawl.fetch.Addresses;
import io.forkloom.cli.crawl.source.Source;
import io.forkloom.cli.crawl.source.WebAddress;
import java.net.URI;
import java.nio.file.Path;

/**
 * What was named by the user or by a page, and is an input unless it is known already.
 *
 * @param depth 0 where the user named it
 * @param parent the page that named it; 0 where the user did
 * @param root see {@link Input}; 0 where the user named it
 */
public record Found(String key, Source source, String host, int depth, long parent, long root) {
    /** What the user named. */
    public static Found named(Source source) {
        return of(source, 0, 0, 0);
    }

    /** What a page leads to. */
    public static Found link(Input page, URI target) {
        return of(new Source.Web(target.toString(), target), page.depth() + 1, page.id(), page.root());
    }

    private static Found of(Source source, int depth, long parent, long root) {
        return switch (source) {
            case Source.Web web ->
                new Found(Addresses.key(web.uri()), web, WebAddress.host(web.uri()), depth, parent, root);
            case Source.Local file -> new Found(key(file.path()), file, "", depth, parent, root);
            // What is wrong is wrong each time that it is named.
            case Source.Broken broken -> new Found("\n" + broken.name(), broken, "", depth, parent, root);
        };
    }

    private static String key(Path path) {
        return path.toAbsolutePath().normalize().toString();
    }
}
