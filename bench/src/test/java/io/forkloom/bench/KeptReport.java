package io.forkloom.bench;

import java.util.ArrayList;
import java.util.List;

/** Keeps what it is told. */
record KeptReport(List<Row> rows, List<String> said) implements Report {
    KeptReport() {
        this(new ArrayList<>(), new ArrayList<>());
    }

    @Override
    public void row(Row row) {
        rows.add(row);
    }

    @Override
    public void say(String line) {
        said.add(line);
    }

    double value(String name) {
        return rows.stream()
                .filter(row -> row.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no row " + name + " in " + rows))
                .value();
    }
}
