package io.forkloom.cli.crawl.parse;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/**
 * JSON, one value or one a line: how much there is of what. Where it is a list of objects, its rows and columns too. It is
 * read as a stream, and nothing of it is kept.
 */
final class JsonParser implements Parser {
    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();

    private final int mostColumns;

    JsonParser(Settings settings) {
        mostColumns = (int) settings.number("columns", 0, 10_000, 100);
    }

    @Override
    public Reading parse(Page page, Wanted wanted) throws UnreadableException {
        var count = new Count(new Columns(mostColumns));
        try (var tokens = JSON.createParser(ObjectReadContext.empty(), page.body())) {
            for (var token = tokens.nextToken(); token != null; token = tokens.nextToken()) {
                count.see(token, tokens);
            }
        } catch (JacksonException broken) {
            throw new UnreadableException("is no JSON: " + broken.getOriginalMessage() + where(broken));
        }
        if (count.roots == 0) {
            throw new UnreadableException("is no JSON: it is empty");
        }
        return count.told();
    }

    private static String where(JacksonException broken) {
        var place = broken.getLocation();
        return place == null ? "" : " (line " + place.getLineNr() + ", column " + place.getColumnNr() + ")";
    }

    private static final class Count {
        private final Columns columns;
        private int depth;
        private int deepest;
        /** How deep the rows stand: in a list, or as one value after the other. */
        private int rowDepth = -1;

        private String root = "";
        private String column = "";
        private long roots;
        private long rows;
        private long objects;
        private long arrays;
        private long strings;
        private long numbers;
        private long booleans;
        private long nulls;

        Count(Columns columns) {
            this.columns = columns;
        }

        void see(JsonToken token, tools.jackson.core.JsonParser tokens) {
            switch (token) {
                case END_OBJECT, END_ARRAY -> depth--;
                case PROPERTY_NAME -> column = depth == rowDepth + 1 ? tokens.currentName() : column;
                case START_OBJECT -> {
                    objects++;
                    value("object");
                    depth++;
                }
                case START_ARRAY -> {
                    arrays++;
                    value("array");
                    depth++;
                }
                case VALUE_STRING -> {
                    strings++;
                    value("string");
                }
                case VALUE_NUMBER_INT -> number("integer", tokens);
                case VALUE_NUMBER_FLOAT -> number("number", tokens);
                case VALUE_TRUE, VALUE_FALSE -> {
                    booleans++;
                    value("boolean");
                }
                case VALUE_NULL -> {
                    nulls++;
                    if (isCell()) {
                        columns.named(column).addNull();
                    }
                    place("null");
                }
                default -> {}
            }
            deepest = Math.max(deepest, depth);
        }

        private void number(String type, tools.jackson.core.JsonParser tokens) {
            numbers++;
            if (isCell()) {
                columns.named(column).addNumber(type, tokens.getDoubleValue());
            }
            place(type);
        }

        private void value(String type) {
            if (isCell()) {
                columns.named(column).add(type);
            }
            place(type);
        }

        private boolean isCell() {
            return rowDepth >= 0 && depth == rowDepth + 1 && !column.isEmpty();
        }

        /** Whether a value is a root, or a row. */
        private void place(String type) {
            if (depth == 0) {
                roots++;
                root = roots == 1 ? type : "lines";
                rowDepth = type.equals("array") ? 1 : 0;
            }
            if (depth == rowDepth) {
                rows++;
                column = "";
            }
        }

        Reading told() {
            boolean table = root.equals("array") || root.equals("lines");
            return new Reading()
                    .with("root", root)
                    .with("values", objects + arrays + strings + numbers + booleans + nulls)
                    .with("depth", deepest)
                    .with("objects", objects)
                    .with("arrays", arrays)
                    .with("strings", strings)
                    .with("numbers", numbers)
                    .with("booleans", booleans)
                    .with("nulls", nulls)
                    .with("rows", table ? rows : null)
                    .with("columns", table && !columns.areEmpty() ? columns.told() : null)
                    .with("moreColumns", columns.areMore() ? true : null);
        }
    }
}
