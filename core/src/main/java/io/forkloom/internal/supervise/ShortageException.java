package io.forkloom.internal.supervise;

import java.io.IOException;
import java.util.List;

/**
 * There was no room for a worker: no descriptor, no thread or no memory. That may pass, while a bad option or an
 * initialiser that throws does not.
 */
final class ShortageException extends IOException {
    private static final long serialVersionUID = 1;

    /** The JDK's numbers of EAGAIN, ENOMEM, ENFILE, EMFILE and ENOSPC, and the kernel's words, which may be translated. */
    private static final List<String> WORDS = List.of(
            "error=11,",
            "error=12,",
            "error=23,",
            "error=24,",
            "error=28,",
            "Resource temporarily unavailable",
            "Cannot allocate memory",
            "Too many open files",
            "No space left on device");

    /** What a JVM prints that cannot start. */
    private static final List<String> LAST_WORDS = List.of(
            "insufficient memory for the Java Runtime Environment",
            "unable to create native thread",
            "Cannot create worker GC thread");

    ShortageException(String message, Throwable cause) {
        super(message, cause);
    }

    /** Whether it is the reason, as far as known. */
    static boolean isBehind(Throwable problem) {
        if (problem instanceof OutOfMemoryError || problem instanceof ShortageException) {
            return true;
        }
        String message = String.valueOf(problem.getMessage());
        var cause = problem.getCause();
        return (problem instanceof IOException && WORDS.stream().anyMatch(message::contains))
                || (cause != null && isBehind(cause));
    }

    /** Whether a JVM that was not ready has ended for one. */
    static boolean isIn(List<String> output) {
        return output.stream().anyMatch(line -> LAST_WORDS.stream().anyMatch(line::contains));
    }
}
