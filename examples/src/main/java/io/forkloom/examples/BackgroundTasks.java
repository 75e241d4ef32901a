package io.forkloom.examples;

import static io.forkloom.async.Async.amap;
import static io.forkloom.async.Async.gather;
import static io.forkloom.async.Async.race;
import static io.forkloom.async.Async.waitFor;
import static io.forkloom.async.Timeouts.moveOnAfter;

import io.forkloom.async.Async.Until;
import io.forkloom.async.Background;
import io.forkloom.async.TaskGroup;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;

/** B5, the usual ways to wait: for all, for the first, as they are completed, for so long, and not at all. */
public final class BackgroundTasks {
    private BackgroundTasks() {}

    public static void main(String[] args) throws InterruptedException, ExecutionException {
        IO.println("all: " + gather(() -> after(30, "users"), () -> after(10, "orders")));

        List<Callable<String>> mirrors = List.of(
                () -> after(5_000, "far"),
                () -> {
                    throw new IOException("down");
                },
                () -> after(10, "near"));
        IO.println("the first that succeeds: " + race(mirrors));

        try (var run = amap(List.of(60, 10, 30), millis -> after(millis, millis + " ms"))
                .asCompleted()
                .start()) {
            for (var result : run) {
                IO.println("as completed: " + result);
            }
        }

        try (var group = TaskGroup.open()) {
            var quick = group.fork(() -> after(10, "quick"));
            var slow = group.fork(() -> after(60_000, "slow"));
            var first = waitFor(Until.FIRST, List.of(quick, slow));
            IO.println("ended: " + first.ended() + ", running: " + first.running());
            var all = moveOnAfter(Duration.ofMillis(20), () -> waitFor(Until.ALL, List.of(quick, slow)));
            IO.println("all in time: " + all.isPresent());
        }

        try (var background = Background.open(
                c -> c.onFailure((work, error) -> IO.println("told: " + work + " failed: " + error.getMessage())))) {
            background.run("refresh", () -> {
                throw new IOException("no route to the cache");
            });
            background.join(); // a server would go on meanwhile
        }
    }

    private static String after(long millis, String value) throws InterruptedException {
        Thread.sleep(millis);
        return value;
    }
}
