package io.forkloom.internal.supervise;

import io.forkloom.internal.thread.Daemons;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Where a debugger meets the worker of a pool. The worker's JVM connects to this program and stays suspended until a
 * debugger has come to the port and said the greeting of JDWP; from then on bytes are only handed to and fro.
 *
 * <pre>
 *   debugger ---> port | this program | &lt;--- worker (suspended from its start)
 * </pre>
 *
 * A worker that listened itself would stay for ever if this program were killed before a debugger came. So it ends: its
 * connection breaks, at a breakpoint too, where the end of the connection lets all of its threads go on to see the end of
 * their program.
 */
public final class DebugPort implements AutoCloseable {
    /** The source of what both say first: the JDWP specification, "Transport handshake". */
    private static final byte[] GREETING = "JDWP-Handshake".getBytes(StandardCharsets.US_ASCII);

    /** For the greeting of whoever connects. */
    private static final int PATIENCE = 5_000; // ms

    /** For its thread to notice that it is closed. */
    private static final Duration LAST_WAIT = Duration.ofSeconds(1);

    /** There is no descriptor to spare for who connects; there may be by then. */
    private static final long SHORTAGE = 100_000_000; // 100 ms

    private final String pool;
    private final ServerSocket debuggers;
    private final ServerSocket workers;
    private final Thread server;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    // Guarded by the lock.
    private @Nullable Socket waiting;
    private @Nullable Socket debugged;
    private @Nullable Socket debugger;
    private boolean closed;

    private DebugPort(String pool, ServerSocket debuggers, ServerSocket workers) {
        this.pool = pool;
        this.debuggers = debuggers;
        this.workers = workers;
        this.server = Daemons.named(pool + "-debug").unstarted(this::serve);
    }

    /**
     * On this machine's loopback interface only.
     *
     * @throws IllegalArgumentException where nobody can listen on the port
     */
    public static DebugPort open(String pool, int port) {
        var debuggers = listen(port);
        var opened = new DebugPort(pool, debuggers, workersBeside(debuggers));
        Daemons.named(pool + "-debug-workers").start(opened::admitWorkers);
        opened.server.start();
        return opened;
    }

    /** For the JVM of a worker. */
    public String option() {
        return "-agentlib:jdwp=transport=dt_socket,server=n,suspend=y,address=127.0.0.1:" + workers.getLocalPort();
    }

    /** When it returns, another one can listen on the port: a socket is not closed while a thread waits in it. */
    @Override
    public void close() {
        closeSockets();
        try {
            server.join(LAST_WAIT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // waits no longer
        }
    }

    private void closeSockets() {
        lock.lock();
        try {
            closed = true;
            closeQuietly(debuggers);
            closeQuietly(workers);
            closeQuietly(waiting);
            closeQuietly(debugged);
            closeQuietly(debugger);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private static ServerSocket listen(int port) {
        try {
            var socket = new ServerSocket();
            socket.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port), 4);
            return socket;
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "no debugger could connect to port " + port + ": " + e.getMessage() + "; say another debug(port)",
                    e);
        }
    }

    private static ServerSocket workersBeside(ServerSocket debuggers) {
        try {
            return listen(0);
        } catch (RuntimeException e) {
            closeQuietly(debuggers);
            throw e;
        }
    }

    /** There is one worker at a time: one that connects makes those before it history. */
    private void admitWorkers() {
        for (var worker = accept(workers); worker != null; worker = accept(workers)) {
            lock.lock();
            try {
                closeQuietly(waiting);
                waiting = worker;
                if (closed) {
                    closeQuietly(worker);
                }
                changed.signalAll();
            } finally {
                lock.unlock();
            }
            System.getLogger("io.forkloom")
                    .log(
                            System.Logger.Level.INFO,
                            "pool " + pool + " waits for a debugger at localhost:" + debuggers.getLocalPort());
        }
    }

    private void serve() {
        for (var comer = accept(debuggers); comer != null; comer = accept(debuggers)) {
            try (var connection = comer) {
                var worker = receive(connection) && greets(connection) ? pair(connection) : null;
                if (worker != null) {
                    connect(connection, worker);
                }
            } catch (IOException e) {
                // It has gone; another one may come.
            }
        }
    }

    /** So that close() ends the waiting for its greeting too. */
    private boolean receive(Socket comer) {
        lock.lock();
        try {
            debugger = comer;
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    /** A browser, a scan of ports or a debugger that gives up must not cost the worker its one connection. */
    private static boolean greets(Socket comer) throws IOException {
        comer.setSoTimeout(PATIENCE);
        boolean greeted = Arrays.equals(comer.getInputStream().readNBytes(GREETING.length), GREETING);
        comer.setSoTimeout(0);
        return greeted;
    }

    /** Waits for the worker that is to be debugged; null when closed, or when the debugger has gone meanwhile. */
    private @Nullable Socket pair(Socket connection) throws IOException {
        lock.lock();
        try {
            while (waiting == null && !closed) {
                changed.awaitUninterruptibly();
            }
            if (closed || !isThere(connection)) {
                return null;
            }
            debugged = waiting;
            waiting = null;
            return debugged;
        } finally {
            lock.unlock();
        }
    }

    /** Until it is greeted itself, a debugger says nothing more. */
    private static boolean isThere(Socket connection) throws IOException {
        connection.setSoTimeout(1);
        try {
            var _ = connection.getInputStream().read();
            return false;
        } catch (SocketTimeoutException e) {
            return true;
        } finally {
            connection.setSoTimeout(0);
        }
    }

    private void connect(Socket connection, Socket worker) throws IOException {
        try (worker) {
            connection.setTcpNoDelay(true);
            worker.setTcpNoDelay(true);
            worker.getOutputStream().write(GREETING);
            Daemons.named(pool + "-debug-answers").start(() -> hand(worker, connection));
            hand(connection, worker);
        }
    }

    /** Until either of them ends, which ends the other. */
    private static void hand(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException e) {
            // The session is over.
        }
    }

    /** Waits for the next one; null when closed. */
    private @Nullable Socket accept(ServerSocket server) {
        while (true) {
            try {
                return server.accept();
            } catch (IOException e) {
                if (server.isClosed() || isClosedAfter(SHORTAGE)) {
                    return null;
                }
            }
        }
    }

    private boolean isClosedAfter(long nanos) {
        lock.lock();
        try {
            for (long left = nanos; !closed && left > 0; ) {
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            // nobody interrupts this thread
        } finally {
            lock.unlock();
        }
        return closed;
    }

    private static void closeQuietly(@Nullable AutoCloseable closeable) {
        try {
            if (closeable != null) {
                closeable.close();
            }
        } catch (Exception e) {
            // It is gone either way.
        }
    }
}
