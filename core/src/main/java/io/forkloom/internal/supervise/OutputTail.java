package io.forkloom.internal.supervise;

import io.forkloom.internal.wire.OutputMark;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a worker prints, on a thread of its own, so that a full pipe never stops the worker; hands lines on and
 * keeps the last ones of the task that printed last, shortened. The JVM's crash log, which is sent the same way instead of to a file, is kept apart.
 *
 * <p>A sink that throws has lost that line and nothing else: the reading goes on.
 */
final class OutputTail {
    private static final int MOST_LINES = 40;

    /** Characters of a line that is kept as evidence. */
    private static final int LONGEST_KEPT = 1000;

    /** Characters of a line that is handed on whole; a longer one comes in parts. */
    private static final int LONGEST_LINE = 64 * 1024;

    private static final int LONGEST_LOG = 4000; // lines
    private static final int LONGEST_TICKET = 18; // digits

    /** The JVM's own last words are evidence, not output of the task. */
    private static final String OUT_OF_MEMORY = "Terminating due to java.lang.OutOfMemoryError";

    /** The line before {@link #LOG_BEGINS}; a task may print it too. */
    private static final String LOG_FRAME = "#";

    private static final String LOG_BEGINS = "# A fatal error has been detected by the Java Runtime Environment";

    /** Takes a line, and the ticket of the call that was marked last before it; 0 for none. */
    interface Sink {
        void accept(long ticket, String line);
    }

    private final Sink sink;
    private final Thread thread;
    private final ArrayDeque<String> last = new ArrayDeque<>();
    private final List<String> log = new ArrayList<>();

    // Of the reading thread alone.
    /** A {@link #LOG_FRAME}, until the next line tells whose it is. */
    private @Nullable String held;

    private long ticket;

    private boolean complained;

    OutputTail(InputStream in, String name, Sink sink) {
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
        try (var characters = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            readLines(characters);
        } catch (IOException e) {
            // The worker is gone, and its pipe with it.
        }
        release();
    }

    private void readLines(BufferedReader characters) throws IOException {
        var line = new StringBuilder();
        for (int c = characters.read(); c >= 0; c = characters.read()) {
            if (c == '\n') {
                if (endsWith(line, '\r')) {
                    line.setLength(line.length() - 1);
                }
                take(line.toString());
                line.setLength(0);
                continue;
            }
            if (c == OutputMark.BEGINS) {
                long next = mark(characters);
                if (next < 0) {
                    line.append(OutputMark.BEGINS);
                } else {
                    begin(next, line);
                }
                continue;
            }
            // One short of the limit where the next character is the first half of a pair.
            if (line.length() >= LONGEST_LINE - (Character.isHighSurrogate((char) c) ? 1 : 0)) {
                take(line.toString());
                line.setLength(0);
            }
            line.append((char) c);
        }
        if (!line.isEmpty()) {
            take(line.toString());
        }
    }

    /** The ticket of a mark; -1 where it only looks like one, and then what follows is read again as text. */
    private long mark(BufferedReader characters) throws IOException {
        characters.mark(LONGEST_TICKET + 1);
        var digits = new StringBuilder();
        int c = characters.read();
        for (; c >= '0' && c <= '9' && digits.length() < LONGEST_TICKET; c = characters.read()) {
            digits.append((char) c);
        }
        if (c == OutputMark.ENDS && !digits.isEmpty()) {
            return Long.parseLong(digits.toString());
        }
        characters.reset();
        return -1;
    }

    /** From here on another task prints; what the one before it has begun is a line. */
    private void begin(long of, StringBuilder line) {
        if (!line.isEmpty()) {
            take(line.toString());
            line.setLength(0);
        }
        release();
        synchronized (this) {
            ticket = of;
            last.clear();
        }
    }

    private static boolean endsWith(StringBuilder line, char c) {
        return !line.isEmpty() && line.charAt(line.length() - 1) == c;
    }

    private void take(String line) {
        if (isOfLog(line)) {
            held = null;
            return;
        }
        release();
        if (line.equals(LOG_FRAME)) {
            held = line;
        } else {
            keep(line);
            if (!line.startsWith(OUT_OF_MEMORY)) {
                handOn(line);
            }
        }
    }

    /** The frame that was held was no frame. */
    private void release() {
        var line = held;
        held = null;
        if (line != null) {
            keep(line);
            handOn(line);
        }
    }

    /** From its first line on everything belongs to the log. */
    private synchronized boolean isOfLog(String line) {
        if (log.isEmpty() && !line.startsWith(LOG_BEGINS)) {
            return false;
        }
        if (log.size() < LONGEST_LOG) {
            log.add(shortened(line));
        }
        return true;
    }

    private synchronized void keep(String line) {
        last.addLast(shortened(line));
        if (last.size() > MOST_LINES) {
            last.removeFirst();
        }
    }

    private static String shortened(String line) {
        if (line.length() <= LONGEST_KEPT) {
            return line;
        }
        int end = Character.isHighSurrogate(line.charAt(LONGEST_KEPT - 1)) ? LONGEST_KEPT - 1 : LONGEST_KEPT;
        return line.substring(0, end) + "\u2026";
    }

    private void handOn(String line) {
        try {
            sink.accept(ticket, line);
        } catch (Throwable e) { // the program's own standard output may be anything
            if (!complained) {
                complained = true;
                complain(e);
            }
        }
    }

    private void complain(Throwable error) {
        try {
            System.getLogger("io.forkloom")
                    .log(System.Logger.Level.WARNING, thread.getName() + ": a line could not be handed on", error);
        } catch (Throwable e) {
            // What takes the warnings is most likely what failed before.
        }
    }
}
