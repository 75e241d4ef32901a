package io.forkloom.examples;

import io.forkloom.IsolatePool;
import io.forkloom.TaskContext;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;

/**
 * C13, isolated interpreters: each worker is a thread of this JVM with the program's classes for itself. So code that keeps
 * its state in static fields can run several times at once, without the memory of a process each.
 */
public final class Isolates {
    /** Not safe for two threads, like many an old library: one buffer for all. */
    static final class Formatter {
        private static final StringBuilder BUFFER = new StringBuilder();
        private static int used;

        static String line(String word, int times) {
            BUFFER.setLength(0);
            for (int i = 0; i < times; i++) {
                BUFFER.append(word);
            }
            used++;
            return BUFFER.toString();
        }
    }

    private Isolates() {}

    public static void main(String[] args) throws InterruptedException {
        Formatter.line("main", 1);
        try (var pool = IsolatePool.open(c -> c.workers(2))) {
            var words = new ArrayList<String>();
            for (int i = 0; i < 1_000; i++) {
                words.add(i % 2 == 0 ? "even" : "odd");
            }
            int whole = 0;
            var uses = new HashMap<Integer, Integer>();
            for (var line : pool.map(Isolates::write, words).chunk(50)) {
                whole += line.whole() ? 1 : 0;
                uses.merge(line.worker(), line.used(), Math::max);
            }
            IO.println("lines that no other thread has spoiled: " + whole);
            IO.println("used by the workers, each for itself, together: "
                    + uses.values().stream().mapToInt(used -> used).sum());
            IO.println("used here, in the program: " + Formatter.used);
        }
    }

    /** What a worker wrote, and how often it has written. */
    record Line(int worker, int used, boolean whole) implements Serializable {}

    static Line write(String word) {
        boolean whole = Formatter.line(word, 1_000).equals(word.repeat(1_000));
        return new Line(TaskContext.current().worker().slot(), Formatter.used, whole);
    }
}
