package io.forkloom.examples;

import static io.forkloom.async.Select.receive;

import io.forkloom.async.Channel;
import io.forkloom.async.Select;
import io.forkloom.async.TaskGroup;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * B11, queues between subtasks: whoever sends can wait until all of it is dealt with, and whoever receives can wait for several
 * queues at once.
 */
public final class AllDone {
    private AllDone() {}

    public static void main(String[] args) throws InterruptedException {
        var dealtWith = new AtomicInteger();
        try (var group = TaskGroup.open("workers")) {
            var jobs = Channel.<Integer>bounded("jobs", 10);
            for (int i = 0; i < 3; i++) {
                group.forkAction(() -> {
                    for (int _ : jobs) {
                        Thread.sleep(1);
                        dealtWith.incrementAndGet();
                        jobs.done();
                    }
                });
            }
            for (int i = 0; i < 50; i++) {
                jobs.send(i);
            }
            jobs.join();
            IO.println("dealt with: " + dealtWith);
            jobs.close();
            group.join();
        }

        var pages = Channel.<String>bounded("pages", 4);
        var errors = Channel.<String>bounded("errors", 4);
        pages.send("index.html");
        errors.send("no route");
        var either = Select.of(receive(pages, page -> "page " + page), receive(errors, error -> "error " + error));
        IO.println("* " + either.await());
        IO.println("* " + either.await());
        IO.println("and now: " + either.tryNow().orElse("nothing"));
    }
}
