package io.forkloom.internal.worker;

import io.forkloom.internal.supervise.ProcessTree;
import io.forkloom.internal.thread.Daemons;
import io.forkloom.internal.transport.FrameReader;
import io.forkloom.internal.wire.Frame;
import java.io.IOException;

/**
 * Ends this process when its pool's process is gone, by whatever death: then standard input ends. On a platform thread
 * of its own that waits in a read and needs nothing from anybody. It also hears what the pool says while a task runs.
 */
final class Lifeline {
    /** What the pool may ask for while a task runs; must not wait. */
    interface Listener {
        void interrupt(long ticket);

        void dumpThreads();
    }

    private Lifeline() {}

    static void start(FrameReader control, String cookie, Listener listener) {
        Daemons.named("forkloom-lifeline").start(() -> hold(control, cookie, listener));
    }

    private static void hold(FrameReader control, String cookie, Listener listener) {
        try {
            for (Frame frame = control.read(); frame != null; frame = control.read()) {
                switch (frame) {
                    case Frame.Interrupt(long ticket) -> listener.interrupt(ticket);
                    case Frame.DumpThreads() -> listener.dumpThreads();
                    default ->
                        throw new IOException("a pool said " + frame.getClass().getSimpleName());
                }
            }
        } catch (IOException e) {
            // as good as the end
        } finally {
            try {
                ProcessTree.kill(cookie);
            } finally {
                Runtime.getRuntime().halt(1);
            }
        }
    }
}
