package io.forkloom.cli.crawl.fetch;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Phaser;

/** A server that writes what a test tells it, byte by byte, where an HTTP server would be too polite. */
final class RawServer implements AutoCloseable {
    /** Writes an answer, or what stands for one. */
    interface Trick {
        void to(OutputStream out, InputStream in) throws IOException, InterruptedException;
    }

    private final ServerSocket server;
    private final Map<String, Trick> tricks = new ConcurrentHashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    /** One party for each answer that goes on, and one for the test. */
    private final Phaser answers = new Phaser(1);
    /** One party for each connection that is open, and one for the test. */
    private final Phaser connections = new Phaser(1);

    RawServer() throws IOException {
        server = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
        Thread.startVirtualThread(this::accept);
        on("/robots.txt", text("HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n"));
    }

    RawServer on(String path, Trick trick) {
        tricks.put(path, trick);
        return this;
    }

    /** The whole answer. */
    static Trick text(String answer) {
        return (out, _) -> out.write(answer.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** An answer of status 200 with these further header lines, each ended. */
    static Trick ok(String headers, byte[] body) {
        return (out, _) -> {
            out.write(("HTTP/1.1 200 OK\r\n" + headers + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
            out.write(body);
        };
    }

    /** With its length. */
    static Trick encoded(String encoding, byte[] body) {
        return ok("Content-Encoding: " + encoding + "\r\nContent-Length: " + body.length + "\r\n", body);
    }

    /** The same bytes for ever. */
    static Trick endless(String start, byte[] piece) {
        return (out, in) -> {
            text(start).to(out, in);
            while (true) {
                out.write(piece);
            }
        };
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.getLocalPort() + path);
    }

    /** Heads of all requests so far, robots.txt included. */
    List<String> requests() {
        return requests;
    }

    /** Waits until no answer goes on: one without end does until the other side has closed its connection. */
    void awaitNoAnswer() throws InterruptedException {
        answers.awaitAdvanceInterruptibly(answers.arrive());
    }

    /** Waits until the other side has closed every connection. */
    void awaitNoConnection() throws InterruptedException {
        connections.awaitAdvanceInterruptibly(connections.arrive());
    }

    private void accept() {
        try {
            while (true) {
                var socket = server.accept();
                connections.register();
                Thread.startVirtualThread(() -> serve(socket));
            }
        } catch (IOException over) {
            // The test has closed it.
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            var in = socket.getInputStream();
            for (String head = head(in); !head.isEmpty(); head = head(in)) {
                requests.add(head);
                String path = head.split(" ", 3)[1];
                answers.register();
                try {
                    tricks.getOrDefault(path, text("HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n"))
                            .to(socket.getOutputStream(), in);
                    socket.getOutputStream().flush();
                } finally {
                    answers.arriveAndDeregister();
                }
            }
        } catch (IOException gone) {
            // The other side has had enough.
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        } finally {
            connections.arriveAndDeregister();
        }
    }

    /** Empty at the end of the connection. */
    private static String head(InputStream in) throws IOException {
        var head = new ByteArrayOutputStream();
        int c;
        while ((c = in.read()) >= 0) {
            head.write(c);
            String text = head.toString(StandardCharsets.ISO_8859_1);
            if (text.endsWith("\r\n\r\n")) {
                return text;
            }
        }
        return "";
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
