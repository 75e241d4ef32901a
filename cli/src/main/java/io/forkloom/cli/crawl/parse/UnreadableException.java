package io.forkloom.cli.crawl.parse;

import org.jspecify.annotations.Nullable;

/** A page is not what it claims to be, or is more than it may be; the message is for whoever wants to know why. */
public final class UnreadableException extends Exception {
    private static final long serialVersionUID = 1;

    public UnreadableException(String message) {
        super(message);
    }

    /** What a library said of it is quoted; its exception stays here, where its class is. */
    static UnreadableException because(String what, Throwable cause) {
        String said = cause.getMessage();
        return new UnreadableException(
                what + (said == null ? ": " + cause.getClass().getSimpleName() : ": " + firstLine(said)));
    }

    private static String firstLine(String text) {
        @Nullable
        String line = text.lines().filter(each -> !each.isBlank()).findFirst().orElse("");
        return line.length() > 300 ? line.substring(0, 297) + "..." : line;
    }
}
