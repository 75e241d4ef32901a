package io.forkloom.cli.crawl.fetch;

import java.time.Duration;

/** A source could not be fetched or read. The message is for the user. */
public sealed class FetchException extends Exception permits DisallowedException {
    private static final long serialVersionUID = 1;
    private final boolean passing;
    private final boolean reached;
    private final Duration retryAfter;

    FetchException(String message, boolean passing, boolean reached, Duration retryAfter) {
        super(message);
        this.passing = passing;
        this.reached = reached;
        this.retryAfter = retryAfter;
    }

    /** It will be the same the next time. */
    static FetchException lasting(String message) {
        return new FetchException(message, false, true, Duration.ZERO);
    }

    /** It may be over in a moment: a broken connection, a server too busy. */
    static FetchException passing(String message) {
        return new FetchException(message, true, true, Duration.ZERO);
    }

    /** Nothing could be asked at all. */
    static FetchException unreached(String message, boolean passing) {
        return new FetchException(message, passing, false, Duration.ZERO);
    }

    static FetchException status(int status, Duration retryAfter) {
        return new FetchException("HTTP status " + status, status == 429 || status >= 500, true, retryAfter);
    }

    /** Whether it may be over in a moment, so that another attempt is worth it. */
    public boolean isPassing() {
        return passing;
    }

    /** Whether a server was there at all. */
    boolean isReached() {
        return reached;
    }

    /** How long the server wants to be left alone; zero where it does not say. */
    public Duration retryAfter() {
        return retryAfter;
    }

    /** The same, and how many attempts there were. */
    public final FetchException after(int attempts) {
        return attempts == 1 ? this : with(getMessage() + " (" + attempts + " attempts)", retryAfter);
    }

    FetchException with(String message, Duration wait) {
        return new FetchException(message, passing, reached, wait);
    }
}
