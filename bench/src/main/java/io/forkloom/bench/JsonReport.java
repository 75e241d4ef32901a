package io.forkloom.bench;

import java.io.PrintStream;

/** One JSON object a line, and nothing else on the same stream. */
record JsonReport(PrintStream out, PrintStream err) implements Report {
    @Override
    public void row(Row row) {
        out.println(row.json());
        out.flush();
    }

    @Override
    public void say(String line) {
        err.println(line);
        err.flush();
    }
}
