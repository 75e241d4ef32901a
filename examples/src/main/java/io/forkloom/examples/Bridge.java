package io.forkloom.examples;

import io.forkloom.ProcessPool;
import io.forkloom.async.TaskGroup;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A4, the bridge: a virtual thread calls the pool and is suspended, others run, and it resumes with the value.
 *
 * <p>The task here cannot end before a thousand other virtual threads have run to their end, because it waits at a door
 * that only then is opened. If the caller held up anybody, this program would hang.
 */
public final class Bridge {
    private Bridge() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        try (var pool = ProcessPool.open(c -> c.workers(1).heap("128m"));
                var door = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var group = TaskGroup.open()) {
            var caller = group.fork(() -> pool.call(Bridge::sumOnceInside, door.getLocalPort(), 1_000_000));

            try (Socket visitor = door.accept()) {
                IO.println("the task has begun in its worker; its caller: " + caller.state());
                IO.println(runOthers(1_000) + " others have run to their end; the caller: " + caller.state());
                visitor.getOutputStream().write(1); // come in
            }
            group.join();
            IO.println("the caller has resumed: " + caller.state() + ", with " + caller.value());
        }
    }

    /** In the worker: an ordinary blocking method, which knows nothing of pools. */
    static double sumOnceInside(int door, int values) throws IOException {
        try (var visitor = new Socket(InetAddress.getLoopbackAddress(), door)) {
            int _ = visitor.getInputStream().read();
        }
        double sum = 0;
        for (int i = 0; i < values; i++) {
            sum += Math.sqrt(i);
        }
        return sum;
    }

    private static int runOthers(int count) throws InterruptedException {
        var ran = new AtomicInteger();
        try (var others = TaskGroup.open("others")) {
            for (int i = 0; i < count; i++) {
                others.forkAction(() -> {
                    Thread.sleep(10);
                    ran.incrementAndGet();
                });
            }
            others.join();
        }
        return ran.get();
    }
}
