package io.forkloom.cli.crawl;

import io.forkloom.cli.Console;
import io.forkloom.cli.InputException;
import io.forkloom.cli.crawl.deliver.Targets;
import io.forkloom.cli.crawl.journal.Counts;
import io.forkloom.cli.crawl.journal.Journal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/** {@code --status OUT}: how a crawl stands, that is over, was ended, or is going on in another process. */
final class Status {
    private Status() {}

    static void print(List<String> places, boolean json, Console console) {
        if (places.size() != 1) {
            throw new InputException("--status needs one --to: the first that the crawl was given");
        }
        try (var journal = Journal.open(Targets.journalOf(places.getFirst()), true)) {
            var counts = journal.counts();
            boolean complete =
                    journal.note(Notes.COMPLETE).filter("yes"::equals).isPresent();
            boolean read = journal.note(Notes.LINES).isPresent();
            console.out().println(json ? json(counts, complete, read) : words(counts, complete, read));
            console.out().flush();
        }
    }

    private static String words(Counts counts, boolean complete, boolean read) {
        return (complete ? "complete: " : "not complete: ") + counts.read() + (read ? " inputs, " : " inputs so far, ")
                + counts.done() + " done, " + counts.waiting() + " waiting" + parts(", failed ", counts.failed())
                + parts(", skipped ", counts.skipped());
    }

    private static String parts(String what, Map<String, Long> parts) {
        return parts.isEmpty()
                ? ""
                : parts.entrySet().stream()
                        .map(part -> part.getValue() + " " + part.getKey())
                        .collect(Collectors.joining(", ", what, ""));
    }

    private static String json(Counts counts, boolean complete, boolean read) {
        var all = new LinkedHashMap<String, Object>();
        all.put("complete", complete);
        all.put("sourcesRead", read);
        all.put("read", counts.read());
        all.put("done", counts.done());
        all.put("waiting", counts.waiting());
        all.put("failed", counts.failed());
        all.put("skipped", counts.skipped());
        return JsonMapper.shared().writeValueAsString(all);
    }
}
