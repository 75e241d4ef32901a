package io.forkloom.examples;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.forkloom.ProcessPool;
import io.forkloom.TaskPool;
import io.forkloom.async.Subtask;
import io.forkloom.async.TaskGroup;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.concurrent.Executors;

/**
 * A5, one pool for an application: opened when it starts, shared by all requests, closed in the shutdown hook. To open one
 * for each request would cost the start of a JVM each.
 */
public final class OnePool {
    private OnePool() {}

    /** What a web framework keeps for as long as it serves. */
    record Application(ProcessPool pool, HttpServer server) {
        static Application start() throws IOException {
            var pool = ProcessPool.open(c -> c.workers(2).heap("128m"));
            var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.createContext("/primes/", exchange -> handle(exchange, pool));
            server.start();
            var application = new Application(pool, server);
            Runtime.getRuntime().addShutdownHook(new Thread(application::stop));
            return application;
        }

        /** First nobody comes in any more, then the requests inside are finished, then the pool has nothing to do. */
        private void stop() {
            server.stop(10);
            IO.println("the server has stopped");
            pool.close();
            var stats = pool.stats();
            IO.println("the pool is closed, after " + stats.completed() + " tasks by " + stats.started() + " workers");
        }
    }

    public static void main(String[] args) throws Exception {
        var application = Application.start();
        int port = application.server().getAddress().getPort();
        try (var http = HttpClient.newHttpClient();
                var group = TaskGroup.open("clients")) {
            var answers = new ArrayList<Subtask<String>>();
            for (int i = 1; i <= 10; i++) {
                var uri = URI.create("http://127.0.0.1:" + port + "/primes/" + 1_000 * i);
                answers.add(
                        group.fork(() -> http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                                .body()));
            }
            group.join();
            answers.forEach(answer -> IO.println(answer.value()));
        }
        IO.println("the application is told to end");
        System.exit(0); // as Ctrl-C or `kill` would do it: the hooks run
    }

    /** On a virtual thread of this request's own, which waits for the pool while others are served. */
    private static void handle(HttpExchange exchange, TaskPool pool) throws IOException {
        try (exchange) {
            int below = Integer.parseInt(exchange.getRequestURI().getPath().substring("/primes/".length()));
            var text = "primes below " + below + ": " + pool.call(OnePool::primes, below);
            exchange.sendResponseHeaders(200, text.length());
            exchange.getResponseBody().write(text.getBytes(StandardCharsets.UTF_8));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** In the worker. */
    static int primes(int below) {
        int count = 0;
        for (int number = 2; number < below; number++) {
            boolean prime = true;
            for (int divisor = 2; prime && divisor * divisor <= number; divisor++) {
                prime = number % divisor != 0;
            }
            count += prime ? 1 : 0;
        }
        return count;
    }
}
