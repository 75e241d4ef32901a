package io.forkloom.cli.crawl;

import io.forkloom.pipeline.PipelineRun;
import org.jspecify.annotations.Nullable;

/** Cancels the run, whether it is pressed before the run begins or while it goes on. */
final class StopButton {
    private @Nullable PipelineRun run;
    private boolean pressed;

    synchronized void press() {
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
}
