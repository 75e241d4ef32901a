package io.forkloom.bench.front;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.forkloom.bench.Samples;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The clients and the probe, all on the calling thread: what it needs of a processor is small beside what it asks for. Each
 * request is timed from when it is begun, with its connection, until its whole answer is there.
 */
final class Load implements AutoCloseable {
    private static final int WARM_PINGS = 3_000;
    private static final long CALM = 500_000_000; // 500 ms of probing before the clients come
    private static final long PATIENCE = 120_000_000_000L; // 2 min

    private final InetSocketAddress server;
    private final Selector selector = Selector.open();
    private final Deque<Exchange> idle = new ArrayDeque<>();
    private int underWay;

    /** How long pings took; those that are late do not hold up the next one. */
    private Samples pings = new Samples(0);

    private int answered;

    private Load(int port) throws IOException {
        server = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    /**
     * So many requests that compute, all at once, while a ping is sent in each period.
     *
     * @return p99 and p50 of the pings in milliseconds, and requests a second that have computed
     */
    static double[] run(int port, int clients, long periodMillis) throws IOException {
        try (var load = new Load(port)) {
            return load.run(clients, periodMillis * 1_000_000);
        }
    }

    private double[] run(int clients, long period) throws IOException {
        pings = new Samples(WARM_PINGS);
        for (int i = 0; i < WARM_PINGS; i++) {
            begin("/ping");
            await(0);
        }
        pings = new Samples((int) (CALM / period) + 1);
        probe(period, System.nanoTime() + CALM, 0);
        await(0);
        pings = new Samples((int) (PATIENCE / period));
        answered = 0;
        long start = System.nanoTime();
        for (int i = 0; i < clients; i++) {
            begin("/cpu");
        }
        long took = probe(period, start + PATIENCE, clients) - start;
        await(0);
        return new double[] {pings.percentile(99) / 1e3, pings.percentile(50) / 1e3, clients * 1e9 / took};
    }

    /** Until then, or until so many clients have their answer; tells when that was. */
    private long probe(long period, long until, int clients) throws IOException {
        long due = System.nanoTime();
        while (true) {
            long now = System.nanoTime();
            if (now - until >= 0 || (clients > 0 && answered == clients)) {
                check(clients == 0 || answered == clients, "the server has not answered all in time");
                return now;
            }
            if (now - due >= 0) {
                begin("/ping");
                due += period;
            } else {
                select(Math.ceilDiv(due - now, 1_000_000));
            }
        }
    }

    /** Until no more than so many are under way. */
    private void await(int most) throws IOException {
        long until = System.nanoTime() + PATIENCE;
        while (underWay > most) {
            check(System.nanoTime() - until < 0, "the server does not answer");
            select(1_000);
        }
    }

    private void begin(String path) throws IOException {
        long start = System.nanoTime();
        var exchange = idle.poll();
        if (exchange == null) {
            var channel = SocketChannel.open(server);
            channel.configureBlocking(false);
            exchange = new Exchange(channel);
            channel.register(selector, SelectionKey.OP_READ, exchange);
        }
        underWay++;
        exchange.ask(path, start);
    }

    private void select(long millis) throws IOException {
        selector.select(millis);
        for (var key : selector.selectedKeys()) {
            var exchange = (Exchange) key.attachment();
            if (idle.contains(exchange)) { // the server does not keep it for longer
                idle.remove(exchange);
                exchange.channel.close();
            } else if (exchange.isAnswered()) {
                long took = System.nanoTime() - exchange.start;
                underWay--;
                idle.push(exchange);
                if (exchange.path.equals("/ping")) {
                    pings.add(took);
                } else {
                    answered++;
                }
            }
        }
        selector.selectedKeys().clear();
    }

    @Override
    public void close() throws IOException {
        for (var key : selector.keys()) {
            key.channel().close();
        }
        selector.close();
    }

    private static void check(boolean right, String otherwise) throws IOException {
        if (!right) {
            throw new IOException(otherwise);
        }
    }

    /** One connection, and what is asked on it. */
    private static final class Exchange {
        private static final String LENGTH = "content-length:";

        private final SocketChannel channel;
        private final ByteBuffer answer = ByteBuffer.allocate(4_096);
        private String path = "";
        private long start;

        Exchange(SocketChannel channel) {
            this.channel = channel;
        }

        void ask(String what, long now) throws IOException {
            path = what;
            start = now;
            answer.clear();
            var request = ByteBuffer.wrap(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n").getBytes(US_ASCII));
            while (request.hasRemaining()) { // it fits into the socket's buffer
                channel.write(request);
            }
        }

        boolean isAnswered() throws IOException {
            check(channel.read(answer) >= 0, "the server has closed a connection");
            var text = new String(answer.array(), 0, answer.position(), US_ASCII);
            int body = text.indexOf("\r\n\r\n") + 4;
            if (body < 4) {
                return false;
            }
            check(
                    text.startsWith("HTTP/1.1 200 "),
                    "the server says: " + text.lines().findFirst().orElse(""));
            return text.length() - body >= length(text.substring(0, body));
        }

        private static int length(String head) {
            return head.lines()
                    .filter(line -> line.regionMatches(true, 0, LENGTH, 0, LENGTH.length()))
                    .mapToInt(line ->
                            Integer.parseInt(line.substring(LENGTH.length()).strip()))
                    .findFirst()
                    .orElse(0);
        }
    }
}
