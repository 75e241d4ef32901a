package io.forkloom.examples;

import io.forkloom.async.DeadlockException;
import io.forkloom.async.NamedLock;
import io.forkloom.async.TaskGroup;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Logger;

/**
 * B9, a lock for state that subtasks share and that wait in the middle: exactly one at a time. Where two locks are taken in both
 * orders, the deadlock is named, and one of the two gives way.
 */
public final class SharedState {
    private static final Logger LOG = Logger.getLogger("io.forkloom");

    private static int balance = 100;

    private SharedState() {}

    public static void main(String[] args) throws InterruptedException {
        var account = NamedLock.of("account");
        try (var group = TaskGroup.open("withdraw")) {
            for (int i = 0; i < 5; i++) {
                group.forkAction(() -> withdraw(account, 30));
            }
            group.join();
        }
        IO.println("left: " + balance);
        deadlock();
    }

    private static void withdraw(NamedLock lock, int amount) throws InterruptedException {
        try (var _ = lock.lock()) {
            int seen = balance;
            Thread.sleep(2); // asks the bank
            if (seen >= amount) {
                balance = seen - amount;
            }
        }
    }

    private static void deadlock() throws InterruptedException {
        LOG.setUseParentHandlers(false); // it warns of the two orders, too: here the exception is enough
        var left = NamedLock.of("left");
        var right = NamedLock.of("right");
        var bothHold = new CountDownLatch(2);
        try (var group = TaskGroup.open("philosopher")) {
            var one = group.fork(() -> eat(left, right, bothHold));
            var other = group.fork(() -> eat(right, left, bothHold));
            group.join();
            IO.println("exactly one of them gave way: " + (one.value() ^ other.value()));
        }
    }

    private static boolean eat(NamedLock first, NamedLock second, CountDownLatch bothHold) throws InterruptedException {
        try (var _ = first.lock()) {
            bothHold.countDown();
            bothHold.await();
            try (var _ = second.lock()) {
                return true;
            }
        } catch (DeadlockException e) {
            return false;
        }
    }
}
