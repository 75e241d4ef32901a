package io.forkloom.async;

import io.forkloom.TaskCancelledException;
import java.io.InterruptedIOException;
import java.net.SocketException;
import java.nio.channels.ClosedByInterruptException;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** Tells errors that only say "I was interrupted" from those that say more. */
final class Interruption {
    /** Deep enough for any wrapping, and an end for causes that go round in a circle. */
    private static final int DEPTH = 32;

    private Interruption() {}

    /**
     * Asked on the thread that threw: it, or a cause of it, is what the JDK or a pool throws on an interrupt, and nothing that
     * came with it says more.
     */
    static boolean explains(Throwable error) {
        return explains(error, DEPTH);
    }

    private static boolean explains(Throwable error, int depth) {
        boolean found = false;
        @Nullable Throwable link = error;
        for (int left = depth; left > 0 && link != null; left--, link = link.getCause()) {
            found |= isOne(link);
            for (var suppressed : link.getSuppressed()) {
                if (!explains(suppressed, left - 1)) {
                    return false;
                }
            }
        }
        return found;
    }

    private static boolean isOne(Throwable error) {
        return switch (error) {
            case InterruptedException _, ClosedByInterruptException _ -> true;
            case CancellationException _, TaskCancelledException _ -> true;
            // A blocking socket on an interrupted virtual thread has no exception of its own; the status stays set.
            case SocketException _ -> Thread.currentThread().isInterrupted();
            // Exactly this class: its subclass SocketTimeoutException is a time-out.
            case InterruptedIOException io -> io.getClass() == InterruptedIOException.class;
            default -> false;
        };
    }
}
