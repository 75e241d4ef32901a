package io.forkloom.cli.crawl.fetch;

import java.time.Duration;

/**
 * What one host bears, and when it may be asked next. Plain state, without threads: the time, in nanoseconds of any
 * origin, is passed in.
 *
 * <p>A host of which nothing is known is asked for one page at a time until its first answer: what its robots.txt asks
 * for is known by then, and nobody meets it with more than one connection before. Trouble halves what it is asked
 * for at a time and doubles the pause between requests; runs of good answers win both back.
 */
final class HostState {
    /** Of Long.MAX_VALUE nanoseconds: not before somebody leaves. */
    static final long WHEN_SOMEBODY_LEAVES = Long.MAX_VALUE;

    static final long FIRST_PAUSE = Duration.ofMillis(500).toNanos();
    static final long LONGEST_PAUSE = Duration.ofSeconds(10).toNanos();
    /** A server may ask for more; to wait a whole night for one host serves nobody. */
    static final Duration LONGEST_RETRY_AFTER = Duration.ofMinutes(10);
    /** Good answers in a row that win back one place and half of the pause. */
    static final int GOOD_RUN = 10;

    private final int mostPlaces;
    private int places = 1;
    private int inside;
    private boolean known;

    /** Nanoseconds from one start to the next: what was asked for, and what we learned from trouble. */
    private long askedPause;

    private long ownPause;
    private int goodInARow;
    private boolean slowed;
    private long slowedAt;

    private long lastStart;
    private long nextStart;
    /** The server's Retry-After. */
    private long closedUntil;

    HostState(int mostPlaces, Duration delay, long now) {
        this.mostPlaces = mostPlaces;
        askedPause = delay.toNanos();
        nextStart = now;
        closedUntil = now;
        lastStart = now - askedPause;
    }

    /** 0 where a request may start now, else nanoseconds, or {@link #WHEN_SOMEBODY_LEAVES}. */
    long opensIn(long now) {
        if (inside >= places) {
            return WHEN_SOMEBODY_LEAVES;
        }
        return Math.max(0, Math.max(nextStart - now, closedUntil - now));
    }

    void enter(long now) {
        inside++;
        lastStart = now;
        nextStart = now + pause();
    }

    /** @param asked whether anything was sent; where nothing was, the next one need not wait for it */
    void leave(long start, boolean asked) {
        inside--;
        if (!asked && start == lastStart) {
            nextStart = start;
        }
    }

    boolean isIdle() {
        return inside == 0;
    }

    /** A pause that the host has asked for; never shorter than one asked for before. */
    void heed(long pause) {
        if (pause > askedPause) {
            askedPause = pause;
            nextStart = later(nextStart, lastStart + pause());
        }
    }

    /** It has answered as it should. */
    void good() {
        if (!known) {
            known = true;
            if (!slowed) {
                places = mostPlaces;
            }
        }
        if (slowed && ++goodInARow >= GOOD_RUN) {
            goodInARow = 0;
            places = Math.min(mostPlaces, places + 1);
            ownPause = ownPause <= FIRST_PAUSE / 4 ? 0 : ownPause / 2;
            slowed = ownPause > 0 || places < mostPlaces;
        }
    }

    /**
     * It was too busy, or did not answer.
     *
     * @param start of the request: those that were under way together tell of one trouble, not of many
     */
    void trouble(long start, long now, Duration retryAfter) {
        goodInARow = 0;
        if (!slowed || start - slowedAt >= 0) {
            slowed = true;
            slowedAt = now;
            places = Math.max(1, places / 2);
            ownPause = Math.clamp(2 * ownPause, FIRST_PAUSE, LONGEST_PAUSE);
        }
        nextStart = later(nextStart, now + pause());
        var closed = retryAfter.compareTo(LONGEST_RETRY_AFTER) > 0 ? LONGEST_RETRY_AFTER : retryAfter;
        closedUntil = later(closedUntil, now + closed.toNanos());
    }

    int places() {
        return places;
    }

    long pause() {
        return Math.max(askedPause, ownPause);
    }

    /** Times have no fixed origin: only their difference says which is later. */
    private static long later(long one, long other) {
        return one - other > 0 ? one : other;
    }
}
