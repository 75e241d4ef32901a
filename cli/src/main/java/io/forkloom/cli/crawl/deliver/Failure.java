package io.forkloom.cli.crawl.deliver;

import io.forkloom.cli.crawl.parse.WellFormed;
import java.util.LinkedHashMap;
import tools.jackson.databind.json.JsonMapper;

/**
 * How an input ended that gave no result.
 *
 * @param stage where: {@code fetch}, {@code parse} or {@code deliver}
 * @param outcome the name of the outcome: {@code Failed}, {@code TimedOut}, {@code OutOfMemory}, {@code Crashed},
 *     {@code Cancelled} or {@code NotStarted}
 * @param error why, in words
 */
public record Failure(String source, String stage, String outcome, String error) {
    /** One JSON object on one line, without a line feed. */
    public String json() {
        var fields = new LinkedHashMap<String, String>();
        fields.put("source", WellFormed.text(source));
        fields.put("stage", stage);
        fields.put("outcome", outcome);
        fields.put("error", WellFormed.text(error));
        return JsonMapper.shared().writeValueAsString(fields);
    }
}
