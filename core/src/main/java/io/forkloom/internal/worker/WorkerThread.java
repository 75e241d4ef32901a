package io.forkloom.internal.worker;

import java.util.concurrent.locks.ReentrantLock;

/**
 * The thread that reads the link and runs the tasks, one after the other. Only a task can be interrupted: a thread that
 * an earlier one has left behind may still know this thread, and an interrupt in the middle of a read would close the
 * link, and cost the worker. A second thread for the link would cost each call a hop instead, about 50 µs.
 */
final class WorkerThread extends Thread {
    private final Runnable work;
    /** Held while an interrupt is set, so that none comes late. */
    private final ReentrantLock lock = new ReentrantLock();

    private boolean atTask;
    /** The call that runs; 0 in the initialiser. */
    private long ticket;
    /** Whether the pool has interrupted it: once is enough, by whichever way it is heard. */
    private boolean interruptedByPool;

    WorkerThread(Runnable work) {
        super("forkloom-worker");
        this.work = work;
    }

    // Not by the constructor of Thread: the frames below a task are to be ours, down to the last.
    @Override
    public void run() {
        work.run();
    }

    /** Code of the user's runs from here on. */
    void beginTask(long of) {
        lock.lock();
        try {
            atTask = true;
            ticket = of;
            interruptedByPool = false;
        } finally {
            lock.unlock();
        }
    }

    /** What it left behind must not reach the link, nor the next task. */
    void endTask() {
        lock.lock();
        try {
            atTask = false;
            Thread.interrupted();
        } finally {
            lock.unlock();
        }
    }

    /** Interrupts this call, if it is the one that runs. */
    void interruptTask(long of) {
        lock.lock();
        try {
            if (ticket == of && !interruptedByPool) {
                interruptedByPool = true;
                interrupt();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Between tasks: nothing. */
    @Override
    public void interrupt() {
        lock.lock();
        try {
            if (atTask) {
                super.interrupt();
            }
        } finally {
            lock.unlock();
        }
    }
}
