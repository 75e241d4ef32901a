package io.forkloom.async;

/** Stands in for the real one in this branch only until that is merged. */
public interface RateLimiter {
    void acquire() throws InterruptedException;
}
