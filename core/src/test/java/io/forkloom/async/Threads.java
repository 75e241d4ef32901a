package io.forkloom.async;

import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;

/** Events to wait for, so that no test sleeps. */
public final class Threads {
    private Threads() {}

    /** Returns once the thread waits for something. */
    public static void awaitWaiting(Thread thread) {
        while (thread.getState() != Thread.State.WAITING) {
            if (!thread.isAlive()) {
                throw new AssertionError(thread + " has ended and does not wait");
            }
            Thread.onSpinWait();
        }
    }

    /** Waits until it is interrupted. */
    public static void waitForever() throws InterruptedException {
        new CountDownLatch(1).await();
    }

    /** All that meet here go on at the same moment. */
    public static void meet(CyclicBarrier barrier) throws InterruptedException {
        try {
            barrier.await();
        } catch (BrokenBarrierException broken) {
            throw new AssertionError(broken);
        }
    }
}
