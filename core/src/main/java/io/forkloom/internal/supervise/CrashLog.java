package io.forkloom.internal.supervise;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The essence of a crash log of HotSpot ("hs_err"): signal, problematic frame, the first frames of the thread. */
final class CrashLog {
    private static final int MOST_FRAMES = 12;

    private CrashLog() {}

    /** {@code SIGSEGV}, from "#  SIGSEGV (0xb) at pc=0x...". */
    static Optional<String> signal(List<String> log) {
        return log.stream()
                .map(CrashLog::bare)
                .filter(line -> line.matches("SIG[A-Z]+ \\(0x.*"))
                .map(line -> line.substring(0, line.indexOf(' ')))
                .findFirst();
    }

    static Optional<String> essence(List<String> log) {
        if (log.isEmpty()) {
            return Optional.empty();
        }
        var lines = new ArrayList<String>();
        // "#  SIGSEGV (0xb) at pc=0x..., pid=..., tid=...", or "#  Internal Error (...)"
        log.stream()
                .skip(1)
                .filter(line -> line.startsWith("#  "))
                .findFirst()
                .ifPresent(line -> lines.add(bare(line)));
        int frame = log.indexOf("# Problematic frame:");
        if (frame >= 0 && frame + 1 < log.size()) {
            lines.add("in " + bare(log.get(frame + 1)));
        }
        int frames = start(log, "Java frames");
        if (frames < 0) {
            frames = start(log, "Native frames");
        }
        if (frames >= 0) {
            log.subList(frames + 1, log.size()).stream()
                    .takeWhile(line -> !line.isBlank() && !isOurs(line))
                    .filter(line -> !isMachinery(line))
                    .limit(MOST_FRAMES)
                    .forEach(line -> lines.add("  " + line.strip()));
        }
        return lines.isEmpty() ? Optional.empty() : Optional.of(String.join("\n", lines));
    }

    /** From here on down it is the worker, and no longer the task. */
    private static boolean isOurs(String frame) {
        return frame.contains("io.forkloom.TaskContext.") || frame.contains("io.forkloom.internal.");
    }

    /** How the JDK gets from a method of its API to the faulty access. */
    private static boolean isMachinery(String frame) {
        return frame.contains(" jdk.internal.") || frame.contains(" java.lang.invoke.") || frame.contains("$$Lambda");
    }

    private static int start(List<String> log, String section) {
        for (int i = 0; i < log.size(); i++) {
            if (log.get(i).startsWith(section)) {
                return i;
            }
        }
        return -1;
    }

    private static String bare(String line) {
        return line.replaceFirst("^#\\s*", "").strip();
    }
}
