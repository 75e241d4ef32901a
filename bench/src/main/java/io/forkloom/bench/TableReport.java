package io.forkloom.bench;

import java.io.PrintStream;

/** A table for people. */
final class TableReport implements Report {
    private final PrintStream out;
    private boolean begun;

    TableReport(PrintStream out) {
        this.out = out;
    }

    @Override
    public void row(Row row) {
        if (!begun) {
            begun = true;
            print("name", "value", "unit", "goal", "reached");
        }
        var goal = Goal.of(row.name());
        print(
                row.name(),
                row.digits(),
                row.figure().unit().symbol,
                goal.map(Goal::toString).orElse(""),
                goal.map(bound -> bound.isReached(row.value()) ? "yes" : "no").orElse(""));
    }

    private void print(String name, String value, String unit, String goal, String reached) {
        say("%-32s %12s %-4s %-12s %s".formatted(name, value, unit, goal, reached));
    }

    @Override
    public void say(String line) {
        out.println(line.stripTrailing());
        out.flush();
    }
}
