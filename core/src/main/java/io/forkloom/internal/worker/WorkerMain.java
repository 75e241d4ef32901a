package io.forkloom.internal.worker;

import io.forkloom.event.WorkerId;
import io.forkloom.internal.transport.FrameReader;
import io.forkloom.internal.transport.Ledger;
import io.forkloom.internal.transport.Link;
import io.forkloom.internal.transport.Rendezvous;
import io.forkloom.internal.wire.Bootstrap;
import io.forkloom.internal.wire.Frame;
import io.forkloom.internal.wire.Frame.Call;
import io.forkloom.internal.wire.Frame.Function;
import io.forkloom.internal.wire.Frame.Start;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/** Main class of a worker process. Started by a pool; of no use to anybody else. */
public final class WorkerMain {
    private static final int LARGEST_BOOTSTRAP = 64 * 1024 * 1024;

    private WorkerMain() {}

    public static void main(String[] args) throws IOException {
        if (System.getProperty("io.forkloom.worker") == null) {
            System.err.println("this is the main class of Forkloom's workers: open a ProcessPool instead");
            System.exit(2);
        }
        var control = new FileInputStream(FileDescriptor.in);
        System.setIn(InputStream.nullInputStream()); // a task that reads standard input must not eat control frames
        Signals.ignoreInterrupt();

        var bootstrap = readBootstrap(control);
        Lifeline.start(control, bootstrap.cookie());
        var ledger = Ledger.open(Path.of(bootstrap.ledger()));
        Runtime.getRuntime()
                .addShutdownHook(new Thread(() -> ledger.announce(Ledger.End.ORDERLY), "forkloom-announce"));
        try (var link = Rendezvous.connect(
                Path.of(bootstrap.socket()), bootstrap.secret(), bootstrap.generation(), bootstrap.messageLimit())) {
            var id = new WorkerId(bootstrap.slot(), bootstrap.generation());
            var runner = new TaskRunner(id, bootstrap.accepted(), bootstrap.messageLimit());
            if (initialise(runner, bootstrap, link)) {
                serve(runner, link, ledger);
            }
        }
        System.exit(0); // threads of tasks must not keep a worker alive that has no pool
    }

    private static Bootstrap readBootstrap(InputStream control) throws IOException {
        // The generation is in the bootstrap itself; that of the header is what the pool says it is.
        var generation =
                Integer.parseInt(System.getProperty("io.forkloom.worker").replaceAll(".*\\.", ""));
        var frame = new FrameReader(Channels.newChannel(control), generation, LARGEST_BOOTSTRAP).read();
        if (!(frame instanceof Start(var bytes))) {
            throw new IOException("standard input ended before the worker was told what to do");
        }
        return Bootstrap.of(bytes);
    }

    private static boolean initialise(TaskRunner runner, Bootstrap bootstrap, Link link) {
        try {
            if (bootstrap.initializer().length > 0) {
                runner.initialise(bootstrap.function(), bootstrap.initializer());
            }
            link.send(new Frame.Ready());
            return true;
        } catch (Throwable e) { // the initialiser is the user's code
            var trace = new StringWriter();
            TaskRunner.trimmed(e).printStackTrace(new PrintWriter(trace));
            byte[] bytes = trace.toString().getBytes(StandardCharsets.UTF_8);
            // Its beginning says what is wrong; over the limit the pool would hear nothing at all.
            link.send(new Frame.StartFailed(Arrays.copyOf(bytes, Math.min(bytes.length, bootstrap.messageLimit()))));
            return false;
        }
    }

    private static void serve(TaskRunner runner, Link link, Ledger ledger) throws IOException {
        for (Frame frame = link.read(ledger); frame != null; frame = link.read(ledger)) {
            switch (frame) {
                case Function(long id, byte[] definition) -> runner.define(id, definition);
                case Call(long ticket, long function, byte[] payload) ->
                    link.send(answer(runner, ledger, ticket, function, payload));
                default ->
                    throw new IOException("a pool sent " + frame.getClass().getSimpleName());
            }
        }
    }

    private static Frame answer(TaskRunner runner, Ledger ledger, long ticket, long function, byte[] payload) {
        try {
            return runner.run(ticket, function, payload);
        } catch (OutOfMemoryError e) {
            // Of a kind for which the JVM does not exit by itself (direct memory, threads): nothing here can be trusted
            // any more. Both calls need no memory.
            ledger.announce(Ledger.End.OUT_OF_MEMORY);
            System.err.println("Terminating due to " + e);
            Runtime.getRuntime().halt(3);
            throw e;
        }
    }
}
