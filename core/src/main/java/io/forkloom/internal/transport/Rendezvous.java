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
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Where a worker meets its pool: a socket and a ledger in a private folder, and a secret for one use. All of it is gone
 * from the file system when this is closed, which is as soon as the worker has connected.
 *
 * <p>{@link #accept} waits; closing from another thread ends that with an exception.
 */
public final class Rendezvous implements AutoCloseable {
    private final PrivateFolder folder;
    private final ServerSocketChannel server;
    private final Ledger ledger;
    private final byte[] secret = new byte[32];
    /** Connected, and not yet known to be the worker. */
    private final List<SocketChannel> guests = new ArrayList<>(2);

    private final AtomicBoolean closed = new AtomicBoolean();

    private Rendezvous(PrivateFolder folder, ServerSocketChannel server, Ledger ledger) {
        this.folder = folder;
        this.server = server;
        this.ledger = ledger;
        new SecureRandom().nextBytes(secret);
    }

    public static Rendezvous open() throws IOException {
        var folder = PrivateFolder.create();
        try {
            var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            try {
                server.bind(UnixDomainSocketAddress.of(folder.socket()));
                return new Rendezvous(folder, server, Ledger.create(folder.ledger()));
            } catch (IOException | RuntimeException | Error e) {
                server.close();
                throw e;
            }
        } catch (IOException | RuntimeException | Error e) {
            folder.close();
            throw e;
        }
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

    public Ledger ledger() {
        return ledger;
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
        var guest = server.accept();
        synchronized (guests) {
            if (server.isOpen()) {
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
        var reader = FrameReader.trusting(down, generation, limit, answers::flush);
        return new Link(reader, writer, answers, new Link.Ends(down, up), generation, limit);
    }

    private static void greet(FrameWriter writer, byte[] secret) {
        writer.enqueue(new Hello(secret));
        writer.flush();
    }

    /** A second call does nothing. */
    @Override
    public void close() throws IOException {
        if (!closed.getAndSet(true)) {
            try (folder) {
                server.close();
                dismiss();
            }
        }
    }
}
