package io.forkloom.internal.transport;

import io.forkloom.internal.wire.Frame.Hello;
import io.forkloom.internal.wire.ProtocolException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Where a worker meets its pool: a socket and a ledger in a private folder, and a secret for one use. All of it is gone
 * from the file system when this is closed, which is as soon as the worker has connected.
 *
 * <p>{@link #accept} waits; closing from another thread ends that with an exception.
 */
public final class Rendezvous implements AutoCloseable {
    private final PrivateFolder folder;
    private final byte[] secret = Secrets.bytes(32);
    // There once it listens.
    private @Nullable ServerSocketChannel server;
    private @Nullable Ledger ledger;
    /** Connected, and not yet known to be the worker. */
    private final List<SocketChannel> guests = new ArrayList<>(2);

    private final AtomicBoolean closed = new AtomicBoolean();

    private Rendezvous(PrivateFolder folder) {
        this.folder = folder;
    }

    /** A folder; nobody can connect yet. */
    public static Rendezvous open() throws IOException {
        return new Rendezvous(PrivateFolder.create());
    }

    /** Makes the socket and the ledger. Quicker than the start of a process: so it is done while that starts. */
    public synchronized void listen() throws IOException {
        if (closed.get()) {
            throw new ClosedChannelException(); // or what is made now would stay
        }
        var opened = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server = opened;
        opened.bind(UnixDomainSocketAddress.of(folder.socket()));
        ledger = Ledger.create(folder.ledger());
    }

    /** Removes what killed programs have left behind. */
    public static void sweep() {
        PrivateFolder.sweep();
    }

    public Path socket() {
        return folder.socket();
    }

    public Path ledgerFile() {
        return folder.ledger();
    }

    /** Free for what the worker must know before it can connect. */
    public Path argumentFile() {
        return folder.arguments();
    }

    /** Free for a copy of this library; a JVM keeps open what it has begun to read. */
    public Path jarFile() {
        return folder.jar();
    }

    public synchronized Ledger ledger() {
        return Objects.requireNonNull(ledger);
    }

    private synchronized ServerSocketChannel server() {
        return Objects.requireNonNull(server);
    }

    public byte[] secret() {
        return secret.clone();
    }

    /** Waits for the worker's two connections, each of which must begin with the secret. */
    public Link accept(int generation, int limit, String name) throws IOException {
        try {
            var down = admit();
            var up = admit();
            // Each must be the worker; only the second goes on being read, so its reader is kept.
            check(new FrameReader(down, generation, secret.length));
            var reader = new FrameReader(up, generation, limit);
            check(reader);
            synchronized (guests) {
                if (guests.isEmpty()) {
                    throw new ClosedChannelException(); // closed meanwhile
                }
                var writer = FrameWriter.nonBlocking(down, generation, name);
                guests.clear(); // from here on they belong to the link
                return new Link(reader, writer, null, new Link.Ends(up, up), generation, limit);
            }
        } catch (IOException | RuntimeException | Error e) {
            dismiss();
            throw e;
        }
    }

    /** Whoever connects may be a stranger that says nothing for ever: so close() must end the reading of it too. */
    private SocketChannel admit() throws IOException {
        var listening = server();
        var guest = listening.accept();
        synchronized (guests) {
            if (listening.isOpen()) {
                guests.add(guest);
                return guest;
            }
        }
        guest.close();
        throw new ClosedChannelException();
    }

    private void dismiss() throws IOException {
        synchronized (guests) {
            for (var guest : guests) {
                guest.close();
            }
            guests.clear();
        }
    }

    private void check(FrameReader reader) throws IOException {
        if (!(reader.read() instanceof Hello(var offered)) || !MessageDigest.isEqual(secret, offered)) {
            throw new ProtocolException("a process that is not the worker connected to its socket");
        }
    }

    /** Has the JDK load what {@link #connect} and {@link #listen} need. */
    public static void rehearse() {
        try {
            SocketChannel.open(StandardProtocolFamily.UNIX).close();
        } catch (IOException e) {
            // connect() will say so.
        }
    }

    /** For a worker: connects, and says who it is. */
    public static Link connect(Path socket, Ledger ledger, byte[] secret, int generation, int limit)
            throws IOException {
        var address = UnixDomainSocketAddress.of(socket);
        var down = SocketChannel.open(address);
        var up = SocketChannel.open(address);
        greet(FrameWriter.blocking(down, generation), secret);
        var writer = FrameWriter.blocking(up, generation);
        greet(writer, secret);
        var answers = new Answers(writer, ledger.outbox(), generation);
        var reader = FrameReader.trusting(down, generation, limit, answers);
        return new Link(reader, writer, answers, new Link.Ends(down, up), generation, limit);
    }

    private static void greet(FrameWriter writer, byte[] secret) {
        writer.enqueue(new Hello(secret));
        writer.flush();
    }

    /** A second call does nothing. */
    @Override
    public synchronized void close() throws IOException {
        if (!closed.getAndSet(true)) {
            try (folder) {
                if (server != null) {
                    server.close();
                }
                dismiss();
            }
        }
    }
}
