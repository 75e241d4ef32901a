package io.forkloom.pipeline;

import io.forkloom.async.TaskGroup;
import io.forkloom.internal.time.Pause;
import io.forkloom.pipeline.Origin.End;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * What the threads of one run share.
 *
 * @param letters held while a dead-letter consumer runs
 */
record Flow(TaskGroup group, Tally tally, Pause pause, ReentrantLock letters) {

    Flow(TaskGroup group, Tally tally, Pause pause) {
        this(group, tally, pause, new ReentrantLock());
    }

    /**
     * Ends this thread if the run is being cancelled; called after any code of the user's, which may have swallowed the
     * group's interrupt, or have left an interrupt of its own behind.
     */
    void check() {
        // The group says that it is cancelled before it interrupts. So either the interrupt that is cleared here was
        // the group's, and the next line sees why; or the group's is still to come, and ends the next wait.
        Thread.interrupted();
        if (group.isCancelled()) {
            throw new CancellationException("the run was cancelled");
        }
    }

    // Both ends begin with a check: in a run that is being cancelled nobody can tell an item that fails from one that
    // was interrupted, so it is cancelled.

    void skip(Item item) {
        check();
        item.origins().forEach(origin -> tally.end(origin, End.SKIPPED));
    }

    void deliver(DeadLetter letter, Origin origin, Consumer<? super DeadLetter> consumer) throws Exception {
        check();
        letters.lockInterruptibly();
        try {
            consumer.accept(letter);
        } catch (Throwable error) {
            throw RunFailure.ofConsumer(letter, error);
        } finally {
            letters.unlock();
        }
        tally.end(origin, End.DEAD);
    }
}
