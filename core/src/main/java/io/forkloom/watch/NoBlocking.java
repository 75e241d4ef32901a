package io.forkloom.watch;

import java.util.stream.Collectors;

/** A stretch of a test in which no virtual thread may hold its carrier for long; see {@link Watch#noBlocking}. */
public final class NoBlocking implements AutoCloseable {
    private final Watch watch;

    NoBlocking(Watch watch) {
        this.watch = watch;
    }

    /**
     * Ends it.
     *
     * @throws AssertionError if one has, with what it did, for how long, and its stack
     */
    @Override
    public void close() {
        watch.close();
        var culprits = watch.culprits();
        if (!culprits.isEmpty()) {
            throw new AssertionError(culprits.stream()
                    .map(culprit -> culprit.advice() + "\n\tat " + String.join("\n\tat ", culprit.stack()))
                    .collect(Collectors.joining("\n")));
        }
    }
}
