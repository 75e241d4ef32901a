package io.forkloom.examples;

import static io.forkloom.TaskOptions.label;

import io.forkloom.ProcessPool;
import io.forkloom.TaskHandle;
import io.forkloom.TaskPool;
import io.forkloom.async.Channel;
import io.forkloom.async.TaskGroup;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A9, streaming: a producer makes a job every 10 ms, a submitter takes them from the queue and hands them to the pool, and
 * the results are gathered at the end. Workers compute the first jobs while the last are not made yet.
 */
public final class StreamingJobs {
    private static final int JOBS = 12;
    private static final int VALUES = 5_000;

    private StreamingJobs() {}

    record Job(int number, int[] values) {}

    public static void main(String[] args) throws InterruptedException {
        try (var pool = ProcessPool.open(c -> c.workers(4).heap("128m"));
                var group = TaskGroup.open()) {
            var begin = Instant.now();
            var queue = Channel.<Job>bounded(10);
            group.forkAction("producer", () -> produce(queue));
            var submitter = group.fork("submitter", () -> submitAll(queue, pool));
            group.join();

            for (var handle : submitter.value()) {
                var outcome = handle.await();
                IO.println(outcome.task().label() + ": " + outcome.orThrow());
            }
            IO.println("time: " + JOBS + " jobs in "
                    + Duration.between(begin, Instant.now()).toMillis() + " ms");
        }
    }

    private static void produce(Channel<Job> queue) throws InterruptedException {
        try (queue) {
            for (int number = 0; number < JOBS; number++) {
                queue.send(new Job(
                        number, new Random(number).ints(VALUES, 0, 10_000).toArray()));
                Thread.sleep(10);
            }
        }
    }

    /** Ends when the queue does; waits where the pool's own queue is full. */
    private static List<TaskHandle<Double>> submitAll(Channel<Job> queue, TaskPool pool) throws InterruptedException {
        var handles = new ArrayList<TaskHandle<Double>>();
        for (var job : queue) {
            handles.add(pool.with(label("job " + job.number())).submit(StreamingJobs::sumOfRoots, job.values()));
        }
        return handles;
    }

    /** In the worker. The mean root of numbers below 10,000 is 66.7, so this is about 333,000. */
    static double sumOfRoots(int[] values) {
        double sum = 0;
        for (int value : values) {
            sum += Math.sqrt(value);
        }
        return sum;
    }
}
