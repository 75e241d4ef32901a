package io.forkloom.examples;

import io.forkloom.ProcessPool;
import io.forkloom.async.Background;
import io.forkloom.async.Channel;
import io.forkloom.async.TaskGroup;
import java.util.HashMap;
import java.util.Map;

/**
 * A11, a long-lived worker that keeps what it has learnt, messages to it and back, and the program's queues between: a
 * thread that knows nothing of groups hands messages in, the worker's answers arrive in a channel on the waiting side.
 */
public final class LongLivedWorker {
    private LongLivedWorker() {}

    /** In the worker: lives as long as its process. */
    private static final Map<String, Integer> COUNTS = new HashMap<>();

    public static void main(String[] args) throws InterruptedException {
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

            // A thread of somebody else's, a driver's callback say: it must not wait, and has no group.
            var foreign = new Thread(() -> {
                for (var word : "to be or not to be".split(" ")) {
                    background.run("hand in", () -> IO.println("* handed in: " + word));
                    toWorkerOrWait(toWorker, word);
                }
                toWorker.close();
            });
            foreign.start();

            for (var answer : fromWorker) {
                IO.println(answer);
            }
            foreign.join();
            background.join();
            group.join();
        }
    }

    private static void toWorkerOrWait(Channel<String> channel, String word) {
        try {
            channel.send(word);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    static String count(String word) {
        return word + " " + COUNTS.merge(word, 1, Integer::sum);
    }
}
