package io.forkloom.internal.supervise;

import io.forkloom.internal.thread.Daemons;
import io.forkloom.internal.wire.OutputMark;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;

/**
 * Reads what a worker prints, on a thread of its own, so that a full pipe never stops the worker; hands lines on and
 * keeps the last ones of the task that printed last, shortened. The JVM's crash log, which is sent the same way instead of
 * to a file, is kept apart ({@link LastWords}).
 *
 * <p>A sink that throws has lost that line and nothing else: the reading goes on.
 */
final class OutputTail {
    private static final int MOST_LINES = 40;

    /** Characters of a line that is kept as evidence. */
    private static final int LONGEST_KEPT = 1000;

    /** Characters of a line that is handed on whole; a longer one comes in parts. */
    private static final int LONGEST_LINE = 64 * 1024;

    private static final int LONGEST_TICKET = 18; // digits

    /** The JVM's own last words are evidence, not output of the task. */
    private static final String OUT_OF_MEMORY = "Terminating due to java.lang.OutOfMemoryError";

    /** Takes a line, and the ticket of the call that was marked last before it; 0 for none. */
    interface Sink {
        void accept(long ticket, String line);
    }

    private final Sink sink;
    private final InputStream in;
    private final Thread thread;
    private final ArrayDeque<String> last = new ArrayDeque<>(); // guarded by this
    private final LastWords words; // guarded by this
    private volatile long ticket;
    private volatile boolean complained;

    OutputTail(InputStream in, String name, LastWords words, Sink sink) {
        this.sink = sink;
        this.in = in;
        this.words = words;
        this.thread = Daemons.named(name).unstarted(this::read);
        thread.start();
    }

    /**
     * When the process is dead: waits for the end of its output, but not long. A child of it that holds the pipe open is
     * not listened to any more.
     */
    void join(long millis) throws InterruptedException {
        thread.join(millis);
        if (thread.isAlive() && in instanceof OutputPipe pipe) {
            try {
                pipe.finish();
            } catch (IOException e) {
                // It ends by that too.
            }
            thread.join(millis);
        }
    }

    synchronized List<String> lastLines() {
        return List.copyOf(last);
    }

    /** At the end: the lines of the crash log, if this was a crash; else they are lines like any others. */
    List<String> crashLog(boolean crashed) {
        List<String> held;
        synchronized (this) {
            crashed &= words.isLog();
            held = words.release();
        }
        if (crashed || held.isEmpty()) {
            return held;
        }
        held.forEach(this::keep);
        Daemons.named(thread.getName() + "-rest").start(() -> held.forEach(this::handOn)); // whose sink may wait
        return List.of();
    }

    private void read() {
        try (var characters = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            readLines(characters);
        } catch (IOException e) {
            // The worker is gone, and its pipe with it.
        }
        if (!holdsLog()) {
            release();
        }
    }

    private synchronized boolean holdsLog() {
        return words.isLog();
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
        List<String> ours;
        synchronized (this) {
            // Of a log that may be any size, shortened lines do.
            ours = words.take(words.isLog() ? shortened(line) : line);
        }
        ours.forEach(this::give);
    }

    /** What was held is no log. */
    private void release() {
        List<String> held;
        synchronized (this) {
            held = words.release();
        }
        held.forEach(this::give);
    }

    private void give(String line) {
        keep(line);
        if (!line.startsWith(OUT_OF_MEMORY)) {
            handOn(line);
        }
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
