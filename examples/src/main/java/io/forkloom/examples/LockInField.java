package io.forkloom.examples;

import io.forkloom.ProcessPool;
import io.forkloom.SerialisationException;
import java.io.Serializable;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;

/** C12, objects that cannot be shared: a lock in a field. The error names the field; here are two ways out. */
public final class LockInField {
    /** Guarded by an object that cannot be serialised: a monitor belongs to one JVM. */
    static final class Counter implements Serializable {
        private static final long serialVersionUID = 1;

        @SuppressWarnings("serial") // on purpose
        private final Object lock = new Object();

        private long count;

        long add(long amount) {
            synchronized (lock) {
                return count += amount;
            }
        }
    }

    /** The lock is not sent; it is made anew where the object arrives. */
    static final class SendableCounter implements Serializable {
        private static final long serialVersionUID = 1;
        private transient ReentrantLock lock = new ReentrantLock();
        private long count;

        long add(long amount) {
            lock.lock();
            try {
                return count += amount;
            } finally {
                lock.unlock();
            }
        }

        private Object readResolve() {
            lock = new ReentrantLock();
            return this;
        }
    }

    private LockInField() {}

    public static void main(String[] args) throws InterruptedException {
        try (var pool = ProcessPool.open(c -> c.workers(1).heap("128m"))) {
            var counter = new Counter();
            counter.add(40);
            try {
                IO.println("did not expect " + pool.call(LockInField::addTwo, counter));
            } catch (SerialisationException e) {
                IO.println(e.getMessage());
            }

            var sendable = new SendableCounter();
            sendable.add(40);
            IO.println("with a lock of its own there: " + pool.call(LockInField::addTwoMore, sendable));
            IO.println("only the number sent: " + pool.call(count -> count + 2, counter.count));

            // Locks that can be serialised are no better: what arrives is a copy, which locks nothing here.
            var permits = new Semaphore(1);
            permits.acquire();
            pool.call(LockInField::release, permits);
            IO.println("released there, free here: " + permits.tryAcquire());
        }
    }

    static long addTwo(Counter counter) {
        return counter.add(2);
    }

    static long addTwoMore(SendableCounter counter) {
        return counter.add(2);
    }

    static int release(Semaphore permits) {
        permits.release();
        return permits.availablePermits();
    }
}
