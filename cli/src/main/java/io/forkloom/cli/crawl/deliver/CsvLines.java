package io.forkloom.cli.crawl.deliver;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.forkloom.cli.crawl.parse.Result;
import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.jspecify.annotations.Nullable;

/** Comma-separated values, as RFC 4180 has them, but with a line feed at the end of a line. */
final class CsvLines implements LineFormat {
    private static final CSVFormat FORMAT =
            CSVFormat.RFC4180.builder().setRecordSeparator('\n').get();
    /**
     * What a spreadsheet would compute, and a title of a hostile page can contain. The apostrophes are there so that the
     * way back is plain: of a cell that matches this, its first apostrophe is ours.
     */
    private static final Pattern FORMULA = Pattern.compile("(?s)'*[=+\\-@\\t\\r].*");

    private final Fields fields;

    CsvLines(List<String> fields) {
        this.fields = new Fields(fields);
    }

    @Override
    public byte[] header() {
        return bytes(fields.names().toArray());
    }

    @Override
    public byte[] line(Result result) throws IOException {
        @Nullable Object[] values = fields.of(result.json());
        for (int i = 0; i < values.length; i++) {
            values[i] =
                    values[i] instanceof String text && FORMULA.matcher(text).matches() ? "'" + text : values[i];
        }
        return bytes(values);
    }

    private static byte[] bytes(@Nullable Object[] values) {
        return (FORMAT.format(values) + '\n').getBytes(UTF_8);
    }
}
