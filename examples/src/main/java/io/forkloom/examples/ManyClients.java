package io.forkloom.examples;

import io.forkloom.async.Subtask;
import io.forkloom.async.TaskGroup;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;

/**
 * A1, thousands of clients that wait, at almost no cost: each has a virtual thread on either side, and all of them are in the
 * middle of their conversation at the same moment. {@code forkloom bench conversations} does it with 100,000.
 */
public final class ManyClients {
    /** Two descriptors for each, and a shell gives 1,024 of them where nobody has asked for more. */
    private static final int CLIENTS = 400;

    private ManyClients() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        var allWait = new CountDownLatch(CLIENTS);
        var go = new CountDownLatch(1);
        try (var server = new ServerSocket(0, CLIENTS, InetAddress.getLoopbackAddress());
                var group = TaskGroup.open("clients")) {
            long before = usedMemory();
            group.forkAction("server", () -> {
                for (int i = 0; i < CLIENTS; i++) {
                    var connection = server.accept();
                    group.forkAction(() -> greet(connection, allWait, go));
                }
            });
            var answers = new ArrayList<Subtask<String>>();
            for (int i = 0; i < CLIENTS; i++) {
                int number = i;
                answers.add(group.fork(() -> ask(server.getLocalPort(), "client " + number)));
            }
            allWait.await();
            IO.println("clients that wait at the same moment: " + CLIENTS);
            IO.println("time: " + (usedMemory() - before) / CLIENTS / 1024 + " KB of heap for each, both sides");
            go.countDown();
            group.join();
            IO.println(answers.getLast().value());
            IO.println("answered: "
                    + answers.stream()
                            .filter(each -> each.value().startsWith("hello"))
                            .count());
        }
    }

    private static void greet(Socket connection, CountDownLatch allWait, CountDownLatch go)
            throws IOException, InterruptedException {
        try (connection;
                var in = reader(connection)) {
            String name = in.readLine();
            allWait.countDown();
            go.await();
            connection.getOutputStream().write(("hello, " + name + "\n").getBytes(StandardCharsets.UTF_8));
        }
    }

    private static String ask(int port, String name) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port);
                var in = reader(socket)) {
            socket.getOutputStream().write((name + "\n").getBytes(StandardCharsets.UTF_8));
            return in.readLine();
        }
    }

    private static BufferedReader reader(Socket socket) throws IOException {
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8), 64);
    }

    private static long usedMemory() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
