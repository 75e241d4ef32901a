package io.forkloom.examples;

import static io.forkloom.async.Timeouts.shield;

import io.forkloom.async.GroupFailedException;
import io.forkloom.async.Policy;
import io.forkloom.async.TaskGroup;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;

/** B6, groups: the first failure cancels the others, each cleans up, and no error is lost. */
public final class Groups {
    private static final ScopedValue<String> USER = ScopedValue.newInstance();

    private Groups() {}

    public static void main(String[] args) throws Exception {
        failFast();
        collectAll();
        cancelled();
        ScopedValue.where(USER, "ada").call(Groups::carried);
    }

    private static void failFast() throws InterruptedException {
        try (var group = TaskGroup.open("orders")) {
            var waits = new CountDownLatch(1);
            group.forkAction("payment", () -> {
                try {
                    waits.countDown();
                    Thread.sleep(60_000);
                } finally {
                    // The group is cancelled, and every wait throws; behind a shield one can still say goodbye.
                    IO.println(shield(() -> {
                        Thread.sleep(1);
                        return "payment: rolled back";
                    }));
                }
            });
            group.forkAction("stock", () -> {
                waits.await();
                throw new IOException("sold out");
            });
            group.join();
        } catch (GroupFailedException e) {
            IO.println(e.getMessage());
        }
    }

    private static void collectAll() throws InterruptedException {
        try (var group = TaskGroup.open(c -> c.name("checks").policy(Policy.COLLECT_ALL))) {
            for (int i = 1; i <= 3; i++) {
                int number = i;
                group.forkAction(() -> {
                    throw new IOException("check " + number);
                });
            }
            IO.println("errors: " + group.await().size());
        }
    }

    private static void cancelled() throws InterruptedException {
        try (var group = TaskGroup.open("search")) {
            var slow = group.forkAction(() -> Thread.sleep(60_000));
            group.cancel("the user has closed the window");
            group.join();
            IO.println("search: " + slow.state() + ", and no error");
        }
    }

    private static boolean carried() throws InterruptedException {
        try (var group = TaskGroup.open(c -> c.carry(USER))) {
            var user = group.fork(USER::get);
            group.join();
            IO.println("user in the subtask: " + user.value());
            return true;
        }
    }
}
