package io.forkloom.bench.rows;

import com.sun.management.UnixOperatingSystemMXBean;
import io.forkloom.bench.Figure;
import io.forkloom.bench.Measurement;
import io.forkloom.bench.Scale;
import io.forkloom.bench.Unit;
import io.forkloom.bench.peers.AskedProgram;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Optional;

/**
 * Very many connections over the loopback interface, each held by a virtual thread at either end, in a program for the
 * server and one for the clients. Each talks, then all are silent at once, which is when memory is counted, then each
 * talks again. What the kernel keeps for the sockets is not in the figures.
 */
final class Conversations implements Measurement {
    private static final int WANTED = 100_000;

    /** Descriptors that a JVM has besides. */
    private static final int OTHERS = 200;

    @Override
    public List<Figure> figures() {
        return List.of(
                new Figure("conversations.held", Unit.COUNT),
                new Figure("conversations.rss", Unit.BYTES),
                new Figure("conversations.heap", Unit.BYTES),
                new Figure("conversations.client.rss", Unit.BYTES),
                new Figure("conversations.client.heap", Unit.BYTES));
    }

    @Override
    public int rounds(Scale scale) {
        return scale.of(3, 1);
    }

    /** A JVM raises its own limit to the hard one; so ours is also that of the two programs. */
    private static long descriptors() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
                ? system.getMaxFileDescriptorCount()
                : WANTED + OTHERS;
    }

    private static int count(Scale scale) {
        return scale.of((int) Math.min(WANTED, descriptors() - OTHERS), 50);
    }

    @Override
    public Optional<String> note(Scale scale) {
        return Optional.of(String.format(
                "conversations: %,d at once, of %,d wanted: a process may have %,d descriptors (ulimit -Hn)",
                count(scale), WANTED, descriptors()));
    }

    @Override
    public Session open(Scale scale) {
        int count = count(scale);
        return () -> {
            try (var server = AskedProgram.ofJava(TalkServer.class)) {
                String port = Integer.toString((int) server.measure()[0]);
                try (var clients = AskedProgram.ofJava(TalkClients.class, port, Integer.toString(count))) {
                    clients.measure(); // a few, that warm up
                    server.measure(); // counts from here
                    var theirs = clients.measure();
                    var ours = server.measure();
                    Caller.check(ours[0] == count, ours[0] + " conversations are open, not " + count);
                    Caller.check(clients.measure()[0] == count, "some have not talked twice");
                    return new double[] {count, ours[1], ours[2], theirs[0], theirs[1]};
                }
            }
        };
    }
}
