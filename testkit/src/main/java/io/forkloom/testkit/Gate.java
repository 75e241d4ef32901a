package io.forkloom.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Where a test meets tasks that run in other processes: a task arrives at the {@link Door} and stays there until the
 * test opens the gate. So a test knows that a task runs, and holds it there, without a sleep.
 *
 * <p>A door is a Unix domain socket: the end of the connection tells the end of whoever stood at it, by SIGKILL too.
 *
 * <pre>{@code
 * try (var gate = Gate.shut(); var pool = ProcessPool.open()) {
 *     var handle = pool.submit(Gate.Door::pass, gate.door());
 *     long pid = gate.arrivals(1).getFirst().pid();
 *     gate.open();
 * }
 * }</pre>
 */
public final class Gate implements AutoCloseable {
    private final Path folder;
    private final ServerSocketChannel server;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final List<Arrival> arrivals = new ArrayList<>();
    private boolean open;
    private boolean closed;

    private Gate(Path folder, ServerSocketChannel server) {
        this.folder = folder;
        this.server = server;
    }

    /** Shut at first. */
    public static Gate shut() {
        try {
            var folder = Files.createTempDirectory("gate");
            var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            server.bind(UnixDomainSocketAddress.of(folder.resolve("s")), 1024);
            var gate = new Gate(folder, server);
            Thread.ofPlatform().daemon().name("gate").start(gate::admit);
            return gate;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Door door() {
        return new Door(folder.resolve("s").toString());
    }

    /** Waits until this many have arrived since the gate was made; gives all that have, in that order. */
    public List<Arrival> arrivals(int count) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (arrivals.size() < count) {
                arrived.await();
            }
            return List.copyOf(arrivals);
        } finally {
            lock.unlock();
        }
    }

    /** How many have arrived so far. */
    public int arrived() {
        lock.lock();
        try {
            return arrivals.size();
        } finally {
            lock.unlock();
        }
    }

    /** Lets everybody pass, from now on. */
    public void open() {
        lock.lock();
        try {
            open = true;
            arrivals.forEach(Arrival::release);
        } finally {
            lock.unlock();
        }
    }

    /** Who still stands at the door learns that the gate is gone: its {@link Door#pass} throws. */
    @Override
    public void close() {
        try {
            server.close();
            for (var each : last()) {
                each.channel.close();
            }
            Files.deleteIfExists(folder.resolve("s"));
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Who is there at the end; who comes later is sent away. */
    private List<Arrival> last() {
        lock.lock();
        try {
            closed = true;
            return List.copyOf(arrivals);
        } finally {
            lock.unlock();
        }
    }

    private void admit() {
        while (server.isOpen()) {
            try {
                var channel = server.accept();
                Thread.ofPlatform().daemon().name("gate-arrival").start(() -> greet(channel));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void greet(SocketChannel channel) {
        try {
            String[] words = readLine(channel).split(" ", 2);
            var arrival = new Arrival(words[1], Long.parseLong(words[0]), channel);
            lock.lock();
            try {
                if (closed) {
                    closeQuietly(channel);
                    return;
                }
                arrivals.add(arrival);
                if (open) {
                    arrival.release();
                }
                arrived.signalAll();
            } finally {
                lock.unlock();
            }
        } catch (IOException e) {
            closeQuietly(channel); // it died on the threshold, or the gate is closed
        }
    }

    private static void closeQuietly(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            // closed all the same
        }
    }

    private static String readLine(SocketChannel channel) throws IOException {
        var line = new ByteArrayOutputStream();
        var one = ByteBuffer.allocate(1);
        while (channel.read(one) >= 0) {
            if (one.get(0) == '\n') {
                return line.toString(StandardCharsets.UTF_8);
            }
            line.write(one.get(0));
            one.clear();
        }
        throw new IOException("left before it said its name");
    }

    /** Somebody who has come to the door. */
    public static final class Arrival {
        private final String name;
        private final long pid;
        private final SocketChannel channel;

        private Arrival(String name, long pid, SocketChannel channel) {
            this.name = name;
            this.pid = pid;
            this.channel = channel;
        }

        /** What it said. */
        public String name() {
            return name;
        }

        public long pid() {
            return pid;
        }

        /** Lets this one pass. */
        public void release() {
            try {
                channel.write(ByteBuffer.wrap(new byte[] {1}));
            } catch (IOException e) {
                // It is gone.
            }
        }

        /** Waits until it has left the door: passed, or died. */
        public void awaitGone() throws InterruptedException {
            try {
                while (channel.read(ByteBuffer.allocate(1)) >= 0) {
                    // whatever it says
                }
            } catch (IOException e) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                // Reset: it is gone.
            }
        }
    }

    /** The side of the tasks; goes with them into another process. */
    public record Door(String socket) implements Serializable {
        /** Arrives, and waits until the gate is open; an interrupt ends that with an exception. */
        public String pass(String name) throws IOException {
            try (var channel = knock(name)) {
                if (channel.read(ByteBuffer.allocate(1)) < 0) {
                    throw new IOException("the gate was closed");
                }
            }
            return name;
        }

        /** As {@link #pass(String)}; a task function as it is. */
        public static String pass(Door door) throws IOException {
            return door.pass("somebody");
        }

        /** Arrives, and goes on; the connection stays until the process ends. */
        public SocketChannel knock(String name) throws IOException {
            var channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
            String line = ProcessHandle.current().pid() + " " + name + "\n";
            channel.write(ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8)));
            return channel;
        }
    }
}
