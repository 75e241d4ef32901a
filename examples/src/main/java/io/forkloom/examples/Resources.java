package io.forkloom.examples;

import io.forkloom.async.TaskGroup;
import java.util.concurrent.CountDownLatch;

/**
 * B8, resources that are acquired and released around a wait: a try block, as anywhere in Java. It is left on every way,
 * in the reverse order; also when the group is cancelled in the middle of the wait.
 */
public final class Resources {
    private Resources() {}

    /** A connection that takes a while to open and to close. */
    private record Connection(String name) implements AutoCloseable {
        static Connection open(String name) throws InterruptedException {
            Thread.sleep(5);
            IO.println("open " + name);
            return new Connection(name);
        }

        @Override
        public void close() {
            IO.println("close " + name);
        }
    }

    public static void main(String[] args) throws InterruptedException {
        try (var group = TaskGroup.open()) {
            group.forkAction(() -> {
                try (var _ = Connection.open("database");
                        var _ = Connection.open("transaction")) {
                    Thread.sleep(5);
                    IO.println("work is done");
                }
            });
            group.join();
        }
        try (var group = TaskGroup.open()) {
            var within = new CountDownLatch(1);
            group.forkAction(() -> {
                try (var _ = Connection.open("lock")) {
                    within.countDown();
                    Thread.sleep(60_000);
                    IO.println("never reached");
                }
            });
            within.await();
            group.cancel("enough");
        }
        IO.println("nothing is left open");
    }
}
