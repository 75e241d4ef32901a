package io.forkloom.cli.crawl.parse;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a parser found in a page; null is what does not apply to its kind or is not there. */
public record Reading(
        @Nullable String title,
        @Nullable String text,
        @Nullable List<String> links,
        @Nullable String language,
        @Nullable Long words)
        implements Serializable {
    /** Of content that is neither HTML nor text. */
    static final Reading NONE = new Reading(null, null, null, null, null);
}
