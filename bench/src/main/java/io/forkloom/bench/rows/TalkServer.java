package io.forkloom.bench.rows;

import io.forkloom.async.TaskGroup;
import io.forkloom.bench.Measurement.Session;
import io.forkloom.bench.peers.AskedProgram;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Answers each number with the next one, on a virtual thread for each connection. Asked first for its port, then to
 * remember what it holds, then how many conversations are open, and the bytes that each has brought.
 */
final class TalkServer implements Session {
    private static final int BACKLOG = 4_096;

    private final ServerSocket listener;
    private final AtomicInteger open = new AtomicInteger();
    private boolean asked;
    private @Nullable Memory before;

    private TalkServer(ServerSocket listener) {
        this.listener = listener;
    }

    public static void main(String[] args) throws Exception {
        try (var listener = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress())) {
            var server = new TalkServer(listener);
            Thread.ofPlatform().daemon().start(server::accept);
            AskedProgram.serve(server);
        }
    }

    @Override
    public double[] measure() throws Exception {
        if (!asked) {
            asked = true;
            return new double[] {listener.getLocalPort()};
        }
        var now = Memory.settled();
        if (before == null) {
            before = now;
            return new double[] {open.get()};
        }
        var each = now.since(before, open.get());
        return new double[] {open.get(), each[0], each[1]};
    }

    private void accept() {
        try (var group = TaskGroup.open("talk")) {
            while (true) {
                var socket = listener.accept();
                var _ = group.forkAction(() -> talk(socket));
            }
        } catch (IOException e) {
            // The listener is closed: the program ends.
        }
    }

    private void talk(Socket socket) throws IOException {
        open.incrementAndGet();
        try (socket) {
            socket.setTcpNoDelay(true);
            var in = socket.getInputStream();
            var out = socket.getOutputStream();
            var word = new byte[Long.BYTES];
            while (in.readNBytes(word, 0, word.length) == word.length) {
                var number = ByteBuffer.wrap(word);
                number.putLong(0, number.getLong(0) + 1);
                out.write(word);
            }
        } finally {
            open.decrementAndGet();
        }
    }
}
