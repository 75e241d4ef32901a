package io.forkloom.bench.front;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.forkloom.ProcessPool;
import io.forkloom.TaskPool;
import io.forkloom.ThreadPool;
import io.forkloom.bench.Measurement.Session;
import io.forkloom.bench.peers.AskedProgram;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.Executors;

/**
 * The JDK's own server with a virtual thread for each request: {@code /ping} answers at once, {@code /cpu} when it has
 * computed, on that thread or in a pool. A program of its own; says its port for each line.
 */
final class FrontServer {
    private static final int WORKERS = 2;

    /** Does what a request asks for, and gives the answer. */
    @FunctionalInterface
    private interface Work {
        String answer() throws Exception;
    }

    private FrontServer() {}

    /** As {@code inline|thread|process MILLIS}. */
    public static void main(String[] args) throws Exception {
        int millis = Integer.parseInt(args[1]);
        switch (args[0]) {
            case "thread" -> serve(millis, ThreadPool.open(c -> c.workers(WORKERS)));
            case "process" -> serve(millis, ProcessPool.open(c -> c.workers(WORKERS)));
            default -> {
                long blocks = Burn.blocksIn(millis);
                serve(() -> Double.toString(Burn.blocks(blocks)));
            }
        }
    }

    private static void serve(int millis, TaskPool pool) throws Exception {
        try (pool) {
            serve(() -> Double.toString(pool.call(Burn::millis, millis)));
        }
    }

    private static void serve(Work cpu) throws Exception {
        // Where probes pile up there are more connections than the 200 that it would keep, and for longer than 30 s.
        System.setProperty("sun.net.httpserver.maxIdleConnections", "10000");
        System.setProperty("sun.net.httpserver.idleInterval", "600");
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 4_096);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/ping", exchange -> answer(exchange, () -> "pong"));
        server.createContext("/cpu", exchange -> answer(exchange, cpu));
        server.start();
        AskedProgram.serve(new Session() {
            @Override
            public double[] measure() {
                return new double[] {server.getAddress().getPort()};
            }

            @Override
            public void close() {
                server.stop(0);
            }
        });
    }

    private static void answer(HttpExchange exchange, Work work) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            byte[] body = work.answer().getBytes(UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        } catch (IOException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(e);
        }
    }
}
