package io.forkloom.examples;

import io.forkloom.ProcessPool;
import io.forkloom.TaskPool;
import io.forkloom.async.Subtask;
import io.forkloom.async.TaskGroup;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;

/** A10, a request handler: each request has a virtual thread, which awaits the pool; six at once on four workers. */
public final class RequestHandler {
    private RequestHandler() {}

    public static void main(String[] args) throws InterruptedException {
        try (var pool = ProcessPool.open(c -> c.workers(4).heap("128m"));
                var group = TaskGroup.open("requests")) {
            var begin = Instant.now();
            var responses = new ArrayList<Subtask<String>>();
            for (int i = 0; i < 6; i++) {
                int request = i;
                responses.add(group.fork(() -> handle(request, pool)));
            }
            group.join();
            responses.forEach(response -> IO.println(response.value()));
            IO.println("time: 6 requests in "
                    + Duration.between(begin, Instant.now()).toMillis() + " ms");
        }
    }

    private static String handle(int request, TaskPool pool) throws InterruptedException {
        int values = 50_000 + 10_000 * request;
        return "request " + request + ": " + values + " values, " + pool.call(RequestHandler::sum, values);
    }

    /** In the worker. StrictMath, so that the last digit is the same on every machine. */
    static double sum(int values) {
        double sum = 0;
        for (int i = 0; i < values; i++) {
            sum += Math.sqrt(i) * StrictMath.log(i + 1);
        }
        return sum;
    }
}
