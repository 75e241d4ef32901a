package io.forkloom.cli.crawl.fetch;

import java.time.Duration;

/** A source could not be fetched or read. */
public final class FetchException extends Exception {
    private static final long serialVersionUID = 1;
    private final boolean passing;
    private final Duration retryAfter;

    private FetchException(String message, boolean passing, Duration retryAfter) {
        super(message);
        this.passing = passing;
        this.retryAfter = retryAfter;
    }

    /** It will be the same the next time. */
    static FetchException lasting(String message) {
        return new FetchException(message, false, Duration.ZERO);
    }

    /** It may be over in a moment: a refused connection, a server too busy. */
    static FetchException passing(String message) {
        return new FetchException(message, true, Duration.ZERO);
    }

    /** @param retryAfter the server's header, of which only the form in seconds is understood */
    static FetchException status(int status, String retryAfter) {
        var wait = retryAfter.matches("[0-9]{1,9}") ? Duration.ofSeconds(Long.parseLong(retryAfter)) : Duration.ZERO;
        return new FetchException("HTTP status " + status, status == 429 || status >= 500, wait);
    }

    boolean isPassing() {
        return passing;
    }

    Duration retryAfter() {
        return retryAfter;
    }

    FetchException after(int attempts) {
        return attempts == 1
                ? this
                : new FetchException(getMessage() + " (" + attempts + " attempts)", passing, retryAfter);
    }
}
