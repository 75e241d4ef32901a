package io.forkloom.internal.worker;

import io.forkloom.Broadcast;
import io.forkloom.event.WorkerId;
import io.forkloom.internal.codec.Callee;
import io.forkloom.internal.codec.Copies;
import io.forkloom.internal.supervise.Stacks;
import io.forkloom.internal.thread.Daemons;
import io.forkloom.internal.transport.FrameReader;
import io.forkloom.internal.transport.Ledger;
import io.forkloom.internal.transport.Link;
import io.forkloom.internal.transport.Rendezvous;
import io.forkloom.internal.wire.Bootstrap;
import io.forkloom.internal.wire.Frame;
import io.forkloom.internal.wire.Frame.Answer;
import io.forkloom.internal.wire.Frame.Call;
import io.forkloom.internal.wire.Frame.Forget;
import io.forkloom.internal.wire.Frame.Function;
import io.forkloom.internal.wire.Frame.Rehearse;
import io.forkloom.internal.wire.Frame.Rehearsed;
import io.forkloom.internal.wire.Frame.Start;
import io.forkloom.internal.wire.Frame.Study;
import io.forkloom.internal.wire.Payload;
import java.io.FileDescriptor;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Main class of a worker process. Started by a pool; of no use to anybody else. */
public final class WorkerMain implements Runnable, Lifeline.Listener {
    private static final int LARGEST_BOOTSTRAP = 64 * 1024 * 1024;

    /** As -XX:+ExitOnOutOfMemoryError has it. */
    private static final int OUT_OF_MEMORY_CODE = 3;

    /** EX_SOFTWARE of sysexits.h. */
    private static final int BROKEN_CODE = 70;

    private final WorkerThread thread = new WorkerThread(this);
    private final PrintStream errors = System.err; // a task may replace that one
    private final MarkedOutput output = new MarkedOutput(FileDescriptor.out);
    private final MarkedOutput errorOutput = new MarkedOutput(FileDescriptor.err);
    private @Nullable Ledger ledger;
    private volatile @Nullable Link link;

    private WorkerMain() {}

    /** Of an orderly end. */
    private final class Announcement extends Thread {
        Announcement() {
            super("forkloom-announce");
        }

        @Override
        public void run() {
            announce(Ledger.End.ORDERLY);
        }
    }

    /** What takes some 10 ms at a start, and can be done beside it. */
    private static final class Aside implements Runnable {
        @Override
        public void run() {
            Rendezvous.rehearse();
            Signals.ignoreInterrupt();
        }
    }

    public static void main(String[] args) {
        if (System.getProperty("io.forkloom.worker") == null) {
            System.err.println("this is the main class of Forkloom's workers: open a ProcessPool instead");
            System.exit(2);
        }
        Daemons.named("forkloom-aside").start(new Aside());
        new WorkerMain().thread.start();
    }

    /** To the end of the process, whatever happens. */
    @Override
    public void run() {
        try {
            live();
            System.exit(0); // threads of tasks must not keep a worker alive that has no pool
        } catch (OutOfMemoryError e) {
            // Of a kind for which the JVM does not exit by itself (direct memory, threads): nothing here can be trusted
            // any more.
            announce(Ledger.End.OUT_OF_MEMORY);
            halt(OUT_OF_MEMORY_CODE, () -> errors.println("Terminating due to " + e));
        } catch (Throwable e) {
            // An error of our own, or a link that something in this process has broken. No System.exit, whose hooks
            // would announce an orderly end: this is a crash, and the trace is its evidence.
            halt(BROKEN_CODE, () -> e.printStackTrace(errors));
        }
    }

    private void live() throws IOException {
        System.setIn(InputStream.nullInputStream()); // a task that reads standard input must not eat control frames
        System.setOut(output.asPrintStream());
        System.setErr(errorOutput.asPrintStream());
        // The generation is in the bootstrap itself; that of the headers is what the pool says it is.
        var name = System.getProperty("io.forkloom.worker");
        var generation = Integer.parseInt(name.substring(name.lastIndexOf('.') + 1));
        var control = new FrameReader(new ControlChannel(), generation, LARGEST_BOOTSTRAP);
        if (!(control.read() instanceof Start(var bytes))) {
            throw new IOException("standard input ended before the worker was told what to do");
        }
        var bootstrap = Bootstrap.of(bytes);
        Lifeline.start(control, bootstrap.cookie(), this);
        var page = Ledger.open(Path.of(bootstrap.ledger()));
        ledger = page;
        Runtime.getRuntime().addShutdownHook(new Announcement());
        // Closed by the end of the process: where that is a crash, the pool must not hear of it before its reason.
        var met = Rendezvous.connect(
                Path.of(bootstrap.socket()),
                page,
                bootstrap.secret(),
                bootstrap.generation(),
                bootstrap.messageLimit());
        link = met;
        var id = new WorkerId(bootstrap.slot(), bootstrap.generation());
        var inquiry = new Inquiry(met);
        var loader = new ProgramClassLoader(inquiry);
        thread.setContextClassLoader(loader);
        var copies = new Copies(bootstrap.accepted(), loader, inquiry::fetch);
        Broadcast.arriveIn(copies);
        var runner = new TaskRunner(id, page, bootstrap.accepted(), bootstrap.messageLimit(), loader);
        if (initialise(runner, bootstrap, met)) {
            serve(runner, copies, met, page);
        }
    }

    private boolean initialise(TaskRunner runner, Bootstrap bootstrap, Link link) {
        var problem = "";
        thread.beginTask(0);
        try {
            if (bootstrap.initializer().bytes() > 0) {
                runner.initialise(bootstrap.function(), bootstrap.initializer());
            }
        } catch (Throwable e) { // the initialiser is the user's code
            var trace = new StringWriter();
            Callee.trimmed(e).printStackTrace(new PrintWriter(trace));
            problem = trace.toString();
        } finally {
            thread.endTask();
        }
        if (problem.isEmpty()) {
            link.send(new Frame.Ready());
            return true;
        }
        byte[] bytes = problem.getBytes(StandardCharsets.UTF_8);
        // Its beginning says what is wrong; over the limit the pool would hear nothing at all.
        link.send(new Frame.StartFailed(Arrays.copyOf(bytes, Math.min(bytes.length, bootstrap.messageLimit()))));
        return false;
    }

    private void serve(TaskRunner runner, Copies copies, Link link, Ledger claims) throws IOException {
        while (heed(link.read(claims), runner, copies, link, claims)) {
            // A method of its own: a loop that is interpreted would hold the last call while it waits for the next.
        }
    }

    private boolean heed(@Nullable Frame frame, TaskRunner runner, Copies copies, Link link, Ledger claims)
            throws IOException {
        // No switch: the JVM would spend some 10 ms on its first one, while somebody waits for the first answer.
        if (frame instanceof Call(long ticket, long function, Payload payload)) {
            link.answer(answer(runner, claims, ticket, function, payload));
        } else if (frame instanceof Function(long id, byte[] definition)) {
            runner.define(id, definition);
        } else if (frame instanceof Forget(long broadcast)) {
            copies.forget(broadcast);
        } else if (frame instanceof Rehearse(long function, Payload payload)) {
            link.answer(runner.rehearse(function, payload));
        } else if (frame instanceof Study(long function)) {
            runner.study(function);
            link.answer(new Rehearsed(Payload.NONE));
        } else if (frame != null) {
            throw new IOException("a pool sent " + frame.getClass().getSimpleName());
        }
        return frame != null;
    }

    private Answer answer(TaskRunner runner, Ledger page, long ticket, long function, Payload payload) {
        output.begin(ticket);
        errorOutput.begin(ticket);
        thread.beginTask(ticket);
        try {
            if (page.isAskedToStop(ticket)) {
                thread.interruptTask(ticket); // asked before it was its turn
            }
            return runner.run(ticket, function, payload);
        } finally {
            thread.endTask();
        }
    }

    // What the lifeline hears.

    /** An interrupt closes what the task waits for, which is code of others and may take its time. */
    @Override
    public void interrupt(long ticket) {
        aside("forkloom-interrupt", () -> thread.interruptTask(ticket));
    }

    /** A stack trace waits for threads that may never stop, and the link for its pool. */
    @Override
    public void dumpThreads() {
        var to = link;
        if (to != null) {
            aside(
                    "forkloom-witness",
                    () -> to.send(new Frame.ThreadDump(Stacks.of(thread).getBytes(StandardCharsets.UTF_8))));
        }
    }

    @Override
    public void stopReading() {
        var from = link;
        if (from != null) {
            try {
                from.stopReading();
            } catch (IOException e) {
                // It is closed: nobody reads from it.
            }
        }
    }

    /** Not on the lifeline, which must hear the end of the pool whatever happens. */
    private static void aside(String name, Runnable action) {
        try {
            Daemons.named(name).start(action);
        } catch (OutOfMemoryError e) {
            // No thread is to be had: the pool's kill needs none.
        }
    }

    private void announce(Ledger.End end) {
        var page = ledger;
        if (page != null) {
            page.announce(end);
        }
    }

    private static void halt(int code, Runnable lastWords) {
        try {
            lastWords.run();
        } finally {
            Runtime.getRuntime().halt(code);
        }
    }
}
