package io.forkloom.examples;

import io.forkloom.async.Background;
import io.forkloom.async.TaskGroup;
import java.util.concurrent.ExecutionException;

/**
 * B3, started from main: there is no loop to start and none to be inside of, any thread may wait. What a group does ask for is
 * that it ends where it began; who gets that wrong is told. In JShell all of it works line by line.
 */
public final class StartFromMain {
    private StartFromMain() {}

    public static void main(String[] args) throws InterruptedException, ExecutionException {
        TaskGroup left;
        try (var group = TaskGroup.open("hello")) {
            left = group;
            var word = group.fork(() -> "hello from " + Thread.currentThread().getName());
            group.join();
            IO.println(word.value());

            var foreign = new Thread(() -> tellError(() -> group.forkAction(() -> {})), "foreign");
            foreign.start();
            foreign.join();
        }
        tellError(() -> left.forkAction(() -> {}));

        // For threads that are in no group there is this:
        try (var background = Background.open()) {
            IO.println(
                    background.start("greet", () -> "hello from the background").get());
        }
    }

    private static void tellError(Runnable mistake) {
        try {
            mistake.run();
        } catch (IllegalStateException e) {
            // Threads are told with their number, which differs.
            IO.println("error: " + String.valueOf(e.getMessage()).replaceAll("Thread\\[#\\d+,", "Thread["));
        }
    }
}
