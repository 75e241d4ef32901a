package io.forkloom.internal.supervise;

import java.util.ArrayList;
import java.util.List;

/**
 * Tells what the JVM itself writes when it crashes from what its program prints. The crash log comes by standard error,
 * and its beginning by standard output too:
 *
 * <pre>
 * #
 * # A fatal error has been detected by the Java Runtime Environment:
 * #
 * #  SIGSEGV (0xb) at pc=0x00007f1158e364ad, pid=27043, tid=27046
 * </pre>
 *
 * <p>Lines like these are held, and only where all of them came, with the pid of this very process, what follows them too:
 * until the process has ended, which tells whether it was a crash, or something else shows that it goes on. Not safe for
 * several threads.
 */
final class LastWords {
    private static final String FRAME = "#";
    private static final String TITLE = "# A fatal error has been detected by the Java Runtime Environment:";

    /** Lines of a log that are kept. */
    private static final int LONGEST = 4000;

    /** How far the held lines have come; the first frame may be missing, behind a line without an end. */
    private enum Stage {
        NOTHING,
        FRAMED,
        TITLED,
        REASON_DUE,
        LOG
    }

    private final long pid;
    private final boolean whole;
    private final List<String> held = new ArrayList<>();
    private Stage stage = Stage.NOTHING;

    /**
     * Of a process.
     *
     * @param whole whether the log itself comes here, and not only its beginning, in which each line begins with a hash
     */
    LastWords(long pid, boolean whole) {
        this.pid = pid;
        this.whole = whole;
    }

    /** Takes the next line; gives those that are the program's: most often this one. */
    List<String> take(String line) {
        var next = next(line);
        if (next == Stage.NOTHING && stage == Stage.NOTHING) {
            return List.of(line);
        }
        List<String> ours = List.of();
        if (next == Stage.NOTHING) {
            ours = release();
            next = next(line);
        }
        stage = next;
        if (next == Stage.NOTHING) {
            ours.add(line);
        } else if (held.size() < LONGEST) {
            held.add(line);
        }
        return ours;
    }

    private Stage next(String line) {
        return switch (stage) {
            case NOTHING -> line.equals(FRAME) ? Stage.FRAMED : line.equals(TITLE) ? Stage.TITLED : Stage.NOTHING;
            case FRAMED -> line.equals(TITLE) ? Stage.TITLED : Stage.NOTHING;
            case TITLED -> line.equals(FRAME) ? Stage.REASON_DUE : Stage.NOTHING;
            case REASON_DUE -> line.matches("#  .+, pid=" + pid + ", tid=\\d+") ? Stage.LOG : Stage.NOTHING;
            case LOG -> whole || line.startsWith(FRAME) ? Stage.LOG : Stage.NOTHING;
        };
    }

    /** Whether the lines that are held begin as a log does. */
    boolean isLog() {
        return stage == Stage.LOG;
    }

    /** What is held, and no longer is. */
    List<String> release() {
        var lines = new ArrayList<>(held);
        held.clear();
        stage = Stage.NOTHING;
        return lines;
    }
}
