package io.forkloom.internal.supervise;

import io.forkloom.event.WorkerId;
import io.forkloom.internal.transport.Ledger;
import io.forkloom.internal.transport.Secrets;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What is done when a worker process ends: it and its children are killed, within bounds, and its end is put into words. */
final class Grave {
    /** A worker that has closed its link is at its end; shutdown hooks get this long. */
    private static final long LINGER_MILLIS = 2_000;

    /** A process that SIGKILL does not end hangs in the kernel; nobody can wait for that. */
    private static final long KILL_MILLIS = 5_000;

    private final String cookie = Secrets.digits(16);
    private final Evidence evidence;

    Grave(Evidence evidence) {
        this.evidence = evidence;
    }

    String cookie() {
        return cookie;
    }

    /**
     * Waits, within bounds, until the process and all that it started are gone.
     *
     * @param reason why the pool ended it, asked for when it is dead
     */
    Departure bury(
            Process process, @Nullable Ledger ledger, Supplier<Optional<String>> reason, Optional<String> problem) {
        waitFor(process, LINGER_MILLIS);
        process.toHandle().destroyForcibly(); // not by the process itself, which would drop unread output
        waitFor(process, KILL_MILLIS);
        ProcessTree.kill(cookie);
        closeStreams(process);
        return evidence.sum(process, ledger, reason.get(), problem);
    }

    /** Of a process that was not started; or that was, by a JDK that then had no thread to wait for its end with. */
    Departure buryUnseen(WorkerId id, Optional<String> reason, String problem) {
        ProcessTree.kill(cookie);
        return Departure.unmet(id, reason, problem);
    }

    private static void waitFor(Process process, long millis) {
        try {
            process.waitFor(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // nobody interrupts a keeper; and the bound is short
        }
    }

    private static void closeStreams(Process process) {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            // A pipe without a reader.
        }
    }
}
