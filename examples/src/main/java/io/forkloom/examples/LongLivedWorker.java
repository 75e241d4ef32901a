package io.forkloom.examples;

import io.forkloom.ProcessPool;
import io.forkloom.async.Background;
import io.forkloom.async.Channel;
import io.forkloom.async.TaskGroup;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A11, a long-lived worker that keeps what it has learnt, messages to it and back, and the program's queues between: a
 * thread that knows nothing of groups hands messages in, the worker's answers arrive in a channel on the waiting side.
 */
public final class LongLivedWorker {
    private LongLivedWorker() {}

    /** In the worker: lives as long as its process. */
    private static final Map<String, Integer> COUNTS = new HashMap<>();

    public static void main(String[] args) throws InterruptedException, ExecutionException {
        try (var pool = ProcessPool.open(c -> c.workers(1).heap("128m"));
                var group = TaskGroup.open();
                var background = Background.open()) {
            var toWorker = Channel.<String>bounded(10);
            var fromWorker = Channel.<String>bounded(10);
            group.forkAction("bridge", () -> {
                try (fromWorker) {
                    for (var word : toWorker) {
                        fromWorker.send(pool.call(LongLivedWorker::count, word));
                    }
                }
            });

            // Threads of somebody else's, a driver's callbacks say, which are in no group.
            var talker = new Thread(() -> {
                try (toWorker) {
                    for (var word : List.of("to", "be", "or", "not", "to", "be")) {
                        toWorker.send(word);
                    }
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            talker.start();
            for (var answer : fromWorker) {
                IO.println(answer);
            }
            talker.join();
            group.join();

            var handedIn = new AtomicReference<Future<String>>();
            var callback = new Thread(() ->
                    handedIn.set(background.start("ask", () -> pool.call(LongLivedWorker::count, "be"))));
            callback.start();
            callback.join();
            IO.println("handed in by a callback that does not wait: "
                    + handedIn.get().get());
        }
    }

    static String count(String word) {
        return word + " " + COUNTS.merge(word, 1, Integer::sum);
    }
}
