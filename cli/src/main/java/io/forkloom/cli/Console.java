package io.forkloom.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a command reads and writes. A value, so that tests can hand in their own streams.
 *
 * @param terminal whether {@code err} is a terminal, on which a line can be written again in place
 */
public record Console(InputStream in, PrintStream out, PrintStream err, boolean terminal) {

    static Console system() {
        return new Console(System.in, System.out, System.err, isTerminal());
    }

    /** One clear line on standard error, whatever the message contained. */
    public void complain(String message) {
        err.println("forkloom: " + oneLine(message));
        err.flush();
    }

    public static String oneLine(String text) {
        return text.strip().replaceAll("\\s*\\R\\s*", " ");
    }

    /** Java tells only whether input and output are a terminal, and progress goes to standard error. */
    private static boolean isTerminal() {
        if ("dumb".equals(System.getenv("TERM"))) {
            return false;
        }
        try {
            String target = Files.readSymbolicLink(Path.of("/proc/self/fd/2")).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
        } catch (IOException | UnsupportedOperationException noSuchFileSystem) {
            return Optional.ofNullable(System.console())
                    .filter(java.io.Console::isTerminal)
                    .isPresent();
        }
    }
}
