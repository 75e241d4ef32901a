package io.forkloom.cli.crawl.parse;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;

/** A table as text: its rows, its columns and what they hold. It is read row by row, and none is kept. */
final class CsvParser implements Parser {
    private static final Pattern NUMBER = Pattern.compile("[+-]?([0-9]+)?(\\.[0-9]*)?([eE][+-]?[0-9]{1,4})?");
    private static final Map<String, Character> DELIMITERS =
            Map.of("comma", ',', "semicolon", ';', "tab", '\t', "pipe", '|', "space", ' ');
    private static final String CANDIDATES = ",;\t|";
    /** As far as the first line is looked at for its delimiter. */
    private static final int FIRST_LINE = 64 << 10;

    private final String delimiter;
    private final String header;
    private final int mostColumns;

    CsvParser(Settings settings) {
        delimiter = settings.text("delimiter", "auto");
        if (!delimiter.equals("auto") && delimiter.length() != 1 && !DELIMITERS.containsKey(delimiter)) {
            throw settings.wrong("delimiter", "give one character, or auto, comma, semicolon, tab, pipe or space");
        }
        header = settings.choice("header", List.of("auto", "yes", "no"), "auto");
        mostColumns = (int) settings.number("columns", 1, 10_000, 100);
    }

    @Override
    public Reading parse(Page page, Wanted wanted) throws UnreadableException {
        try {
            char separator = separator(page);
            var format = CSVFormat.DEFAULT.builder().setDelimiter(separator).get();
            try (var reader = Charsets.reader(page);
                    var rows = format.parse(reader)) {
                var table = new Table();
                for (CSVRecord row : rows) {
                    table.add(row);
                }
                return table.told(separator);
            }
        } catch (IOException | UncheckedIOException | IllegalStateException broken) {
            throw UnreadableException.because("is no table", broken);
        }
    }

    private char separator(Page page) throws IOException {
        if (!delimiter.equals("auto")) {
            return DELIMITERS.getOrDefault(delimiter, delimiter.charAt(0));
        }
        var counts = new int[CANDIDATES.length()];
        try (var reader = Charsets.reader(page)) {
            boolean quoted = false;
            for (int i = 0, c = reader.read(); c >= 0 && i < FIRST_LINE; i++, c = reader.read()) {
                quoted ^= c == '"';
                if ((c == '\n' || c == '\r') && !quoted && i > 0) {
                    break;
                }
                int candidate = CANDIDATES.indexOf(c);
                if (candidate >= 0 && !quoted) {
                    counts[candidate]++;
                }
            }
        }
        int best = 0;
        for (int i = 1; i < counts.length; i++) {
            best = counts[i] > counts[best] ? i : best;
        }
        return CANDIDATES.charAt(best);
    }

    private final class Table {
        private final Columns columns = new Columns(mostColumns);
        private List<String> names = List.of();
        private boolean begun;
        private boolean named;
        private long rows;
        private long ragged;
        private int width;

        void add(CSVRecord row) {
            if (!begun) {
                begun = true;
                width = row.size();
                named = header.equals("yes") || (header.equals("auto") && isHeader(row));
                if (named) {
                    names = row.toList();
                    return;
                }
            }
            rows++;
            ragged += row.size() == width ? 0 : 1;
            for (int i = 0; i < row.size(); i++) {
                add(row.get(i).strip(), columns.named(name(i)));
            }
        }

        private String name(int index) {
            String name = index < names.size() ? names.get(index).strip() : "";
            return name.isEmpty() ? Integer.toString(index + 1) : name;
        }

        /** Names are not numbers, not empty, and each is there once. */
        private static boolean isHeader(CSVRecord row) {
            return row.stream().allMatch(cell -> !cell.isBlank() && !isNumber(cell.strip()))
                    && row.stream().distinct().count() == row.size();
        }

        private static void add(String cell, ColumnStats column) {
            if (cell.isEmpty()) {
                column.addNull();
            } else if (isNumber(cell)) {
                column.addNumber(
                        cell.chars().allMatch(c -> c != '.' && c != 'e' && c != 'E') ? "integer" : "number",
                        Double.parseDouble(cell));
            } else {
                column.add(isTruth(cell.toLowerCase(Locale.ROOT)) ? "boolean" : "text");
            }
        }

        private static boolean isTruth(String cell) {
            return cell.equals("true") || cell.equals("false");
        }

        private static boolean isNumber(String cell) {
            char last = cell.isEmpty() ? 'x' : cell.charAt(cell.length() - 1);
            return ((last >= '0' && last <= '9') || last == '.')
                    && !cell.equals(".")
                    && NUMBER.matcher(cell).matches()
                    && cell.chars().anyMatch(c -> c >= '0' && c <= '9');
        }

        Reading told(char separator) {
            return new Reading()
                    .with("rows", rows)
                    .with("width", width)
                    .with("ragged", ragged)
                    .with("header", named)
                    .with("delimiter", Character.toString(separator))
                    .with("columns", columns.told())
                    .with("moreColumns", columns.areMore() ? true : null);
        }
    }
}
