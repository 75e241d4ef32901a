package io.forkloom.internal.time;

import java.time.Duration;

/** Waits for a while, unless it is interrupted. A seam: a test hands in one that only notes the durations. */
@FunctionalInterface
public interface Pause {
    Pause SLEEP = Thread::sleep;

    void pause(Duration duration) throws InterruptedException;
}
