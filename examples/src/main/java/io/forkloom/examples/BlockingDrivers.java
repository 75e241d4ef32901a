package io.forkloom.examples;

import io.forkloom.async.TaskGroup;
import io.forkloom.examples.LocalServer.Answer;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * F5, drivers as they are: two hundred orders are each read from a file, priced over HTTP and stored by JDBC, all at once. The
 * calls block, and each blocks a virtual thread; no driver had to be written anew. What is few stays few: there are two
 * connections to the database, and who finds none waits for one.
 *
 * <p>SQLite's driver calls native code, which keeps its carrier thread: a statement that takes long belongs in a worker of a
 * {@code ProcessPool}. JDBC drivers that talk to a server over a socket do not.
 */
public final class BlockingDrivers {
    private static final int ORDERS = 200;
    private static final int CONNECTIONS = 2;
    private static final long SERVER_MILLIS = 250;

    private BlockingDrivers() {}

    public static void main(String[] args) throws Exception {
        var folder = Files.createTempDirectory("forkloom-orders-");
        try (var shop = LocalServer.open(BlockingDrivers::price);
                var http = HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .build()) {
            writeOrders(folder);
            var database = "jdbc:sqlite:" + folder.resolve("orders.db");
            var idle = open(database);
            var begin = Instant.now();

            try (var group = TaskGroup.open("orders")) {
                for (int i = 0; i < ORDERS; i++) {
                    var file = folder.resolve("order" + i + ".txt");
                    group.forkAction(file.getFileName().toString(), () -> {
                        int pieces = Integer.parseInt(Files.readString(file));
                        var request = HttpRequest.newBuilder(shop.uri("/price")).build();
                        int price = Integer.parseInt(
                                http.send(request, BodyHandlers.ofString()).body());
                        store(idle, file, pieces * price);
                    });
                }
                group.join();
            }

            IO.println("time: " + Duration.between(begin, Instant.now()).toMillis() + " ms, of which the shop takes "
                    + SERVER_MILLIS + " for each order");
            IO.println(ORDERS + " orders were read, priced and stored; their sum is " + sum(idle));
            // While a carrier is kept by the read of a file, the JDK adds another: so they are more than processors.
            int threads = ManagementFactory.getThreadMXBean().getPeakThreadCount();
            IO.println("platform threads were fewer than orders: " + (threads < ORDERS));
            IO.println("connections to the database: " + idle.size() + ", all of them idle again");
            for (var connection : idle) {
                connection.close();
            }
        } finally {
            remove(folder);
        }
    }

    private static void writeOrders(Path folder) throws IOException {
        for (int i = 0; i < ORDERS; i++) {
            Files.writeString(folder.resolve("order" + i + ".txt"), Integer.toString(i));
        }
    }

    /** All connections that there will be: whoever takes one gives it back. */
    private static BlockingQueue<Connection> open(String database) throws SQLException {
        var idle = new ArrayBlockingQueue<Connection>(CONNECTIONS);
        for (int i = 0; i < CONNECTIONS; i++) {
            var connection = DriverManager.getConnection(database);
            try (var statement = connection.createStatement()) {
                // Who writes waits for another who writes, up to 20 s.
                statement.execute("PRAGMA busy_timeout = 20000");
                statement.execute("PRAGMA journal_mode = WAL");
                statement.execute("CREATE TABLE IF NOT EXISTS orders (name TEXT PRIMARY KEY, total INTEGER)");
            }
            idle.add(connection);
        }
        return idle;
    }

    private static void store(BlockingQueue<Connection> idle, Path file, int total)
            throws SQLException, InterruptedException {
        var connection = idle.take();
        try (var insert = connection.prepareStatement("INSERT INTO orders VALUES (?, ?)")) {
            insert.setString(1, file.getFileName().toString());
            insert.setInt(2, total);
            insert.executeUpdate();
        } finally {
            idle.add(connection);
        }
    }

    private static long sum(BlockingQueue<Connection> idle) throws SQLException, InterruptedException {
        var connection = idle.take();
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT sum(total) FROM orders")) {
            return row.getLong(1);
        } finally {
            idle.add(connection);
        }
    }

    private static Answer price(String path, String body) throws InterruptedException {
        Thread.sleep(SERVER_MILLIS);
        return new Answer(200, "3");
    }

    private static void remove(Path folder) throws IOException {
        List<Path> files;
        try (var all = Files.walk(folder)) {
            files = all.sorted(Comparator.reverseOrder()).toList();
        }
        for (var file : files) {
            Files.delete(file);
        }
    }
}
