package io.forkloom.cli.crawl;

import io.forkloom.cli.Signals;
import io.forkloom.pipeline.PipelineRun;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Ctrl-C and SIGTERM press it, and then it cancels the run, whether they come before the run begins or while it goes
 * on. Until it is closed they hold up the end of the JVM: open it first, close it when everything is cleaned up and
 * told.
 */
final class StopButton implements AutoCloseable {
    /** Longer than the close of the pool may take. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final Signals signals = new Signals(this::press, PATIENCE);
    private @Nullable PipelineRun run;
    private boolean pressed;

    private synchronized void press() {
        pressed = true;
        if (run != null) {
            run.cancel("interrupted");
        }
    }

    synchronized void of(PipelineRun started) {
        run = started;
        if (pressed) {
            started.cancel("interrupted");
        }
    }

    synchronized boolean isPressed() {
        return pressed;
    }

    @Override
    public void close() {
        signals.close();
    }
}
