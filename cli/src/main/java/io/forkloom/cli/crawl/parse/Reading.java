package io.forkloom.cli.crawl.parse;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** What a parser found in a page: named fields in the order of the result, and where the page leads. */
final class Reading {
    private final SequencedMap<String, Object> fields = new LinkedHashMap<>();
    private List<String> links = List.of();

    /** A field; null is what the page does not have, and is left out. The value is anything that Jackson writes. */
    Reading with(String name, @Nullable Object value) {
        if (value != null) {
            fields.put(name, value);
        }
        return this;
    }

    /** Absolute addresses, for whoever follows them. */
    Reading leadingTo(List<String> addresses) {
        links = addresses;
        return this;
    }

    SequencedMap<String, Object> fields() {
        return fields;
    }

    List<String> links() {
        return links;
    }
}
