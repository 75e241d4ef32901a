package io.forkloom.cli.crawl;

import io.forkloom.cli.crawl.fetch.Scope;
import io.forkloom.cli.crawl.journal.Found;
import io.forkloom.cli.crawl.journal.Input;
import io.forkloom.cli.crawl.journal.Journal;
import io.forkloom.cli.crawl.source.WebAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which links of a page are followed. One thread at a time. */
final class Links {
    private static final int ROOTS = 1_000;

    private final int depth;
    private final Scope scope;
    private final Journal journal;
    /** Where the last roots are; a root's links come in a row. */
    private final Map<Long, URI> roots = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.@Nullable Entry<Long, URI> eldest) {
            return size() > ROOTS;
        }
    };

    Links(CrawlPlan.Following following, Journal journal) {
        this.depth = following.depth();
        this.scope = following.scope();
        this.journal = journal;
    }

    synchronized List<Found> of(Input page, List<String> addresses) {
        if (page.depth() >= depth || addresses.isEmpty()) {
            return List.of();
        }
        var root = roots.computeIfAbsent(page.root(), journal::address);
        var found = new ArrayList<Found>();
        for (String address : addresses) {
            // Pages are full of what is no address.
            WebAddress.tryParse(address)
                    .filter(target -> scope.admits(root, target))
                    .ifPresent(target -> found.add(Found.link(page, target)));
        }
        return found;
    }
}
