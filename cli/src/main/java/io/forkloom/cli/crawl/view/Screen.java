package io.forkloom.cli.crawl.view;

import io.forkloom.cli.Console;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * Lines at the bottom of a terminal that are written again in place. The cursor stands at the beginning of the first of
 * them, so that whatever else is printed replaces them from there on. Lines that are too long are cut by the terminal,
 * not wrapped. One thread at a time.
 */
final class Screen {
    private static final Pattern SIZE = Pattern.compile("([0-9]{1,5}) ([0-9]{1,5})");
    private static final int ENOUGH_ROWS = 10;

    private static final String CLEAR_LINE = "\u001b[K";
    private static final String CLEAR_BELOW = "\u001b[J";
    private static final String NO_WRAP = "\u001b[?7l";
    private static final String WRAP = "\u001b[?7h";

    private final Console console;

    Screen(Console console) {
        this.console = console;
    }

    /** Whether there is room for a few lines; false where the size of the terminal is not known. */
    static boolean isRoomy() {
        try {
            // Java knows no sizes of terminals, and a call of ioctl would print a warning.
            var stty = new ProcessBuilder("stty", "size")
                    .redirectInput(new File("/dev/tty"))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!stty.waitFor(1, TimeUnit.SECONDS)) {
                stty.destroyForcibly();
                return false;
            }
            return isRoomy(new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII));
        } catch (IOException unknown) {
            return false;
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** @param size rows and columns as {@code stty size} prints them */
    static boolean isRoomy(String size) {
        var match = SIZE.matcher(size.strip());
        return match.matches() && Integer.parseInt(match.group(1)) >= ENOUGH_ROWS;
    }

    void draw(List<String> lines) {
        String up = lines.size() > 1 ? "\u001b[" + (lines.size() - 1) + "A" : "";
        print("\r" + NO_WRAP + String.join(CLEAR_LINE + "\n", lines) + CLEAR_LINE + WRAP + "\r" + up);
    }

    void clear() {
        print("\r" + CLEAR_BELOW);
    }

    private void print(String text) {
        console.err().print(text);
        console.err().flush();
    }
}
