package io.forkloom;

import java.time.Duration;

/**
 * Where a task's time went.
 *
 * @param waiting from its acceptance until a worker turned to it
 * @param running from then until its end was known, so with the way of the result back
 */
public record Timing(Duration waiting, Duration running) {
    static final Timing NONE = new Timing(Duration.ZERO, Duration.ZERO);
}
