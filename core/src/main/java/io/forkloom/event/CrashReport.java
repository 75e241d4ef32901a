package io.forkloom.event;

import java.util.List;
import java.util.Optional;

/**
 * The evidence of a worker's death, as content: no file is left.
 *
 * @param lastLines the end of what the worker wrote to standard error and output, bounded
 * @param crashLog the essence of the JVM's crash log: signal, problematic frame, the thread's first frames
 */
public record CrashReport(List<String> lastLines, Optional<String> crashLog) {
    public static final CrashReport NONE = new CrashReport(List.of(), Optional.empty());

    public CrashReport {
        lastLines = List.copyOf(lastLines);
    }

    /** Empty, or lines that begin with a line break, to stand behind a sentence. */
    @Override
    public String toString() {
        var text = new StringBuilder();
        crashLog.ifPresent(log -> text.append("\n  crash log: ").append(log.replace("\n", "\n    ")));
        if (!lastLines.isEmpty()) {
            text.append("\n  last lines of its output:");
            lastLines.forEach(line -> text.append("\n    ").append(line));
        }
        return text.toString();
    }
}
