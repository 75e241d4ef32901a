package io.forkloom.cli.crawl.parse;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** What a column holds, of which no value is kept. */
final class ColumnStats {
    private final String name;
    private final Map<String, Long> types = new TreeMap<>();
    private long nulls;
    private long numbers;
    private double least = Double.POSITIVE_INFINITY;
    private double most = Double.NEGATIVE_INFINITY;
    private double mean;

    ColumnStats(String name) {
        this.name = name;
    }

    void addNull() {
        nulls++;
    }

    void add(String type) {
        types.merge(type, 1L, Long::sum);
    }

    void addNumber(String type, double value) {
        add(type);
        numbers++;
        least = Math.min(least, value);
        most = Math.max(most, value);
        // Not by a sum, which loses digits as it grows.
        mean += (value - mean) / numbers;
    }

    /** As it stands in a result; numbers only where there were any. */
    Map<String, Object> told() {
        var told = new LinkedHashMap<String, Object>();
        told.put("name", name);
        told.put("types", types);
        told.put("nulls", nulls);
        if (numbers > 0) {
            told.put("min", least);
            told.put("max", most);
            told.put("mean", mean);
        }
        return told;
    }
}
