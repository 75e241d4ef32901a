package io.forkloom.internal.supervise;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Reads what a worker prints, on a thread of its own, so that a full pipe never stops the worker; hands lines on and
 * keeps the last ones. The JVM's crash log, which is sent the same way instead of to a file, is kept apart.
 */
final class OutputTail {
    private static final int MOST_LINES = 40;
    private static final int LONGEST_LINE = 1000;
    private static final int LONGEST_LOG = 4000; // lines

    /** The JVM's own last words are evidence, not output of the task. */
    private static final String OUT_OF_MEMORY = "Terminating due to java.lang.OutOfMemoryError";

    private static final String LOG_FRAME = "#";
    private static final String LOG_BEGINS = "# A fatal error has been detected by the Java Runtime Environment";

    private final Consumer<String> sink;
    private final Thread thread;
    private final ArrayDeque<String> last = new ArrayDeque<>();
    private final List<String> log = new ArrayList<>();

    OutputTail(InputStream in, String name, Consumer<String> sink) {
        this.sink = sink;
        this.thread = Thread.ofPlatform().daemon().name(name).unstarted(() -> read(in));
        thread.start();
    }

    /** Waits for the end of the output, but not long: a child of the worker may hold the pipe open. */
    void join(long millis) throws InterruptedException {
        thread.join(millis);
    }

    synchronized List<String> lastLines() {
        return List.copyOf(last);
    }

    /** The lines of the crash log; empty where there was none. */
    synchronized List<String> crashLog() {
        return List.copyOf(log);
    }

    private void read(InputStream in) {
        try (var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            var line = new StringBuilder();
            for (int c = lines.read(); c >= 0; c = lines.read()) {
                if (c == '\n' || line.length() == LONGEST_LINE) {
                    take(line.toString());
                    line.setLength(0);
                }
                if (c != '\n' && c != '\r') {
                    line.append((char) c);
                }
            }
            if (!line.isEmpty()) {
                take(line.toString());
            }
        } catch (IOException e) {
            // The worker is gone, and its pipe with it.
        }
    }

    private void take(String line) {
        boolean pass;
        synchronized (this) {
            if (!log.isEmpty() || line.startsWith(LOG_BEGINS)) {
                if (log.size() < LONGEST_LOG) {
                    log.add(line);
                }
                return;
            }
            pass = !line.equals(LOG_FRAME) && !line.startsWith(OUT_OF_MEMORY);
            if (!line.equals(LOG_FRAME)) {
                last.addLast(line);
            }
            if (last.size() > MOST_LINES) {
                last.removeFirst();
            }
        }
        if (pass) {
            sink.accept(line);
        }
    }
}
