package io.forkloom.examples;

import io.forkloom.ProcessPool;
import io.forkloom.ThreadPool;
import io.forkloom.async.TaskGroup;
import java.io.IOException;
import java.nio.file.Files;
import java.util.StringTokenizer;

/**
 * B12, each kind of work to its place: what blocks waits on a virtual thread, what computes goes to the process pool, and what
 * must not run more than so many times at once, a driver with a connection for each thread say, to a pool of threads.
 */
public final class RightPlace {
    private RightPlace() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        var file = Files.createTempFile("forkloom", ".txt");
        Files.writeString(file, "some words to count ".repeat(1_000));
        long program = ProcessHandle.current().pid();
        try (var processes = ProcessPool.open(c -> c.workers(1).heap("128m"));
                var connections = ThreadPool.open(c -> c.workers(2));
                var group = TaskGroup.open("request")) {
            var text = group.fork(() -> {
                IO.println("* read on " + kind());
                return Files.readString(file); // blocks, and holds up nobody
            });
            var row = group.fork(() -> connections.call(() -> "query on " + kind()));
            group.join();
            IO.println(row.value());
            IO.println("words: " + processes.call(RightPlace::count, text.value()));
            IO.println("in a process of its own: "
                    + (processes.call(() -> ProcessHandle.current().pid()) != program));
        } finally {
            Files.delete(file);
        }
    }

    private static String kind() {
        return Thread.currentThread().isVirtual() ? "a virtual thread" : "a platform thread";
    }

    /** In the worker. */
    static int count(String text) {
        return new StringTokenizer(text).countTokens();
    }
}
