package io.forkloom.bench.rows;

import io.forkloom.async.TaskGroup;
import io.forkloom.bench.Measurement.Session;
import io.forkloom.bench.peers.AskedProgram;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The other end of {@link TalkServer}. Asked first to warm up; then to begin all conversations, for the bytes that each
 * has brought while none of them says anything; then to end them, for how many were answered twice.
 */
final class TalkClients implements Session {
    private static final int FIRST = 50;

    /** At a time: the queue of those that want to connect is bounded. */
    private static final int CONNECTING = 200;

    /** 127.0.0.2 to 127.0.0.9: from one address there are fewer ports than conversations. */
    private static final int ADDRESSES = 8;

    private final InetSocketAddress server;
    private final int count;
    private boolean warm;
    private @Nullable Talks talks;

    private TalkClients(int port, int count) {
        server = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        this.count = count;
    }

    public static void main(String[] args) throws Exception {
        AskedProgram.serve(new TalkClients(Integer.parseInt(args[0]), Integer.parseInt(args[1])));
    }

    @Override
    public double[] measure() throws Exception {
        if (!warm) {
            warm = true;
            return new double[] {new Talks(FIRST).begin().end()};
        }
        if (talks == null) {
            var before = Memory.settled();
            talks = new Talks(count).begin();
            return Memory.settled().since(before, count);
        }
        return new double[] {Objects.requireNonNull(talks).end()};
    }

    /** So many conversations at once. */
    private final class Talks {
        private final int number;
        private final TaskGroup group = TaskGroup.open("talk");
        private final Semaphore connecting = new Semaphore(CONNECTING);
        private final CountDownLatch begun;
        private final CountDownLatch silence = new CountDownLatch(1);
        private final AtomicInteger answered = new AtomicInteger();

        Talks(int number) {
            this.number = number;
            begun = new CountDownLatch(number);
        }

        /** Until all are silent. */
        Talks begin() throws Exception {
            for (int i = 0; i < number; i++) {
                int which = i;
                var _ = group.forkAction(() -> talk(which));
            }
            begun.await();
            if (group.isCancelled()) {
                group.join(); // says why
            }
            return this;
        }

        int end() throws Exception {
            try (group) {
                silence.countDown();
                group.join();
            }
            return answered.get();
        }

        private void talk(int which) throws Exception {
            try (var socket = new Socket()) {
                try {
                    connect(socket, which);
                    exchange(socket, which);
                } finally {
                    begun.countDown();
                }
                silence.await();
                exchange(socket, -which);
                answered.incrementAndGet();
            }
        }

        private void connect(Socket socket, int which) throws Exception {
            connecting.acquire();
            try {
                socket.bind(new InetSocketAddress("127.0.0." + (2 + which % ADDRESSES), 0));
                socket.setTcpNoDelay(true);
                socket.connect(server);
            } finally {
                connecting.release();
            }
        }

        private static void exchange(Socket socket, long number) throws IOException {
            socket.getOutputStream()
                    .write(ByteBuffer.allocate(Long.BYTES).putLong(number).array());
            byte[] answer = socket.getInputStream().readNBytes(Long.BYTES);
            if (answer.length < Long.BYTES || ByteBuffer.wrap(answer).getLong() != number + 1) {
                throw new IOException("conversation " + number + " was not answered");
            }
        }
    }
}
