package io.forkloom.internal.worker;

import io.forkloom.internal.supervise.ProcessTree;
import io.forkloom.internal.thread.Daemons;
import io.forkloom.internal.transport.FrameReader;
import io.forkloom.internal.wire.Frame;
import java.io.IOException;
import java.util.concurrent.locks.LockSupport;

/**
 * Ends this process when its pool's process is gone, by whatever death: then standard input ends. On a platform thread
 * of its own that waits in a read and needs nothing from anybody. It also hears what the pool says while a task runs.
 */
final class Lifeline implements Runnable {
    /** What the pool may ask for while a task runs; must not wait. */
    interface Listener {
        void interrupt(long ticket);

        void dumpThreads();

        void stopReading();
    }

    private static final long MOMENT = 100_000_000; // 100 ms

    private final FrameReader control;
    private final String cookie;
    private final Listener listener;

    private Lifeline(FrameReader control, String cookie, Listener listener) {
        this.control = control;
        this.cookie = cookie;
        this.listener = listener;
    }

    static void start(FrameReader control, String cookie, Listener listener) {
        Daemons.named("forkloom-lifeline").start(new Lifeline(control, cookie, listener));
    }

    /**
     * A JVM that exits waits 300 ms for threads in native code, and a thread that reads is one. So nobody reads any more,
     * and whether the pool's process is there is looked at now and then: shutdown hooks may take their time.
     */
    private void leave(long pool) {
        Daemons.named("forkloom-vigil").start(() -> watchOver(pool));
        listener.stopReading();
        System.exit(0);
    }

    private void watchOver(long pool) {
        var self = ProcessHandle.current();
        while (self.parent().filter(parent -> parent.pid() == pool).isPresent()) {
            LockSupport.parkNanos(MOMENT);
        }
        end();
    }

    @Override
    public void run() {
        try {
            for (Frame frame = control.read(); frame != null; frame = control.read()) {
                switch (frame) {
                    case Frame.Interrupt(long ticket) -> listener.interrupt(ticket);
                    case Frame.DumpThreads() -> listener.dumpThreads();
                    case Frame.Leave(long pool) -> leave(pool);
                    default ->
                        throw new IOException("a pool said " + frame.getClass().getSimpleName());
                }
            }
        } catch (IOException e) {
            // as good as the end
        } finally {
            end();
        }
    }

    private void end() {
        try {
            ProcessTree.kill(cookie);
        } finally {
            Runtime.getRuntime().halt(1);
        }
    }
}
