package io.forkloom.internal.worker;

import io.forkloom.internal.supervise.ProcessTree;
import java.io.IOException;
import java.io.InputStream;

/**
 * Ends this process when its pool's process is gone, by whatever death: then standard input ends. On a platform thread
 * of its own that waits in a read and needs nothing from anybody.
 */
final class Lifeline {
    private Lifeline() {}

    static void start(InputStream control, String cookie) {
        var thread = new Thread(() -> hold(control, cookie), "forkloom-lifeline");
        thread.setDaemon(true);
        thread.start();
    }

    private static void hold(InputStream control, String cookie) {
        try {
            while (control.read() >= 0) {
                // nothing else is said yet
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
