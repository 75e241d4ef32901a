package io.forkloom.event;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The evidence of a worker's death, as content: files are left only where the pool was told to.
 *
 * @param lastLines the end of what the task wrote to standard error and output, bounded; what native code wrote
 *     may be that of a task just before
 * @param crashLog the essence of the JVM's crash log: signal, problematic frame, the thread's first frames
 * @param threads what the worker's threads did just before the pool stopped it at a deadline
 * @param progress what the task had told last of its progress
 * @param ranBefore the labels of the tasks that the worker had run before, the latest first, bounded
 * @param files kept about it, where the pool was told to ({@code reports(folder)})
 */
public record CrashReport(
        List<String> lastLines,
        Optional<String> crashLog,
        Optional<String> threads,
        Optional<Progress> progress,
        List<String> ranBefore,
        List<Path> files) {
    public static final CrashReport NONE =
            new CrashReport(List.of(), Optional.empty(), Optional.empty(), Optional.empty(), List.of(), List.of());

    public CrashReport {
        lastLines = List.copyOf(lastLines);
        ranBefore = List.copyOf(ranBefore);
        files = List.copyOf(files);
    }

    /** The same, as evidence for one task. */
    public CrashReport of(Optional<Progress> told, List<String> before) {
        return new CrashReport(lastLines, crashLog, threads, told, before, files);
    }

    /** The same, with these files. */
    public CrashReport kept(List<Path> about) {
        return new CrashReport(lastLines, crashLog, threads, progress, ranBefore, about);
    }

    /** Empty, or lines that begin with a line break, to stand behind a sentence. */
    @Override
    public String toString() {
        var text = new StringBuilder();
        progress.ifPresent(told -> text.append("\n  its last progress: ").append(told));
        if (!ranBefore.isEmpty()) {
            text.append("\n  its worker had run before: ").append(String.join(", ", ranBefore));
        }
        crashLog.ifPresent(log -> text.append("\n  crash log: ").append(log.replace("\n", "\n    ")));
        threads.ifPresent(dump -> text.append("\n  threads: ").append(dump.replace("\n", "\n    ")));
        if (!lastLines.isEmpty()) {
            text.append("\n  last lines of its output:");
            lastLines.forEach(line -> text.append("\n    ").append(line));
        }
        files.forEach(file -> text.append("\n  kept: ").append(file));
        return text.toString();
    }
}
