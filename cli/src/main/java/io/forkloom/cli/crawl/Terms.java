package io.forkloom.cli.crawl;

import io.forkloom.cli.InputException;
import io.forkloom.cli.crawl.journal.Journal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** What results depend on: a crawl is gone on with by the same, or its first results would not fit its last. */
record Terms(Map<String, String> values) {
    private static final TypeReference<LinkedHashMap<String, String>> MAP = new TypeReference<>() {};

    void noteIn(Journal journal) {
        journal.note(Notes.TERMS, JsonMapper.shared().writeValueAsString(values));
    }

    /** Refuses to go on by other terms than it was begun by. */
    void check(Journal journal) {
        var begun = journal.note(Notes.TERMS)
                .<Map<String, String>>map(text -> JsonMapper.shared().readValue(text, MAP))
                .orElse(Map.of());
        var differences = new ArrayList<String>();
        values.forEach((name, value) -> {
            String before = begun.getOrDefault(name, "");
            if (!before.equals(value)) {
                differences.add(name + " " + (before.isEmpty() ? "(not given)" : before) + ", and now "
                        + (value.isEmpty() ? "none is given" : value));
            }
        });
        if (!differences.isEmpty()) {
            throw new InputException("this crawl was begun with " + String.join("; ", differences)
                    + ": give the same, or begin anew with --overwrite");
        }
    }
}
