package io.forkloom.examples;

import io.forkloom.ProcessPool;
import io.forkloom.TaskHandle;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.stream.IntStream;

/** C15, resource limits: many tasks never mean many processes, much memory, or a queue without end. */
public final class ResourceLimits {
    private ResourceLimits() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        processes();
        memory();
        queue();
    }

    private static void processes() {
        try (var pool = ProcessPool.open(c -> c.workers(2).heap("64m"))) {
            long most = 0;
            long done = 0;
            for (var _ : pool.map(
                    number -> number + 1, IntStream.range(0, 1_000).boxed().toList())) {
                if (++done % 250 == 0) {
                    most = Math.max(most, ProcessHandle.current().children().count());
                }
            }
            IO.println(done + " tasks, more than 2 processes at any time: " + (most > 2));
        }
    }

    /** The kernel kills when memory is over; the pool says so before it starts. */
    private static void memory() {
        try (var pool = ProcessPool.open(c -> c.workers(1_000).heap("64g"))) {
            IO.println("did not expect " + pool.stats());
        } catch (IllegalArgumentException e) {
            IO.println(String.valueOf(e.getMessage())
                    .replaceFirst(" of memory that there are.*", "")
                    .replaceFirst("than the .*", "than there is: refused"));
        }
    }

    private static void queue() throws IOException, InterruptedException {
        try (var pool = ProcessPool.open(c -> c.workers(1).heap("64m").queue(5, "1m"));
                var door = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var busy = pool.submit(ResourceLimits::waitAt, door.getLocalPort());
            try (Socket visitor = door.accept()) { // from now on the only worker is at it
                var accepted = new ArrayList<TaskHandle<Integer>>();
                int refused = 0;
                for (int i = 0; i < 8; i++) {
                    int number = i;
                    var handle = pool.trySubmit(() -> number * number);
                    handle.ifPresent(accepted::add);
                    refused += handle.isEmpty() ? 1 : 0;
                }
                IO.println("8 more for a busy worker and a queue of 5: " + accepted.size() + " accepted, " + refused
                        + " refused");
                visitor.getOutputStream().write(1);
                IO.println("the worker waited for " + busy.join());
                for (var handle : accepted) {
                    IO.println("accepted is done: " + handle.join());
                }
            }
        }
    }

    static String waitAt(int door) throws IOException {
        try (var visitor = new Socket(InetAddress.getLoopbackAddress(), door)) {
            return visitor.getInputStream().read() + " byte";
        }
    }
}
