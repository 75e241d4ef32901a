package io.forkloom.watch;

import io.forkloom.event.WatchEvent;
import io.forkloom.internal.flight.WatchFlight;
import io.forkloom.internal.thread.Daemons;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Tells what was seen: the log, the flight recorder and the listeners, in order, on a thread that exists only while there
 * is something to tell. A listener that is slow holds up no look; beyond some hundreds, events are dropped.
 */
final class Herald implements AutoCloseable {
    private static final int MOST_WAITING = 256;

    private final ThreadPoolExecutor teller;
    private final List<Consumer<WatchEvent>> listeners;

    Herald(String name, List<Consumer<WatchEvent>> listeners) {
        this.listeners = List.copyOf(listeners);
        teller = new ThreadPoolExecutor(
                1,
                1,
                1,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(MOST_WAITING),
                Daemons.named(name + "-events").factory(),
                new ThreadPoolExecutor.DiscardPolicy());
        teller.allowCoreThreadTimeOut(true);
    }

    /** Never waits. */
    void tell(WatchEvent event) {
        teller.execute(() -> deliver(event));
    }

    private void deliver(WatchEvent event) {
        WatchFlight.tell(event);
        // Listeners before the log: a log that waits for a virtual thread would wait for the culprit.
        for (var listener : listeners) {
            try {
                listener.accept(event);
            } catch (Throwable e) { // the user's code
                log(Level.WARNING, "a listener of the watch failed at " + event, e);
            }
        }
        switch (event) {
            case WatchEvent.Blocked(var culprit) ->
                log(Level.WARNING, culprit.advice() + System.lineSeparator() + stack(culprit.stack()), null);
            case WatchEvent.Freed(var culprit) -> log(Level.INFO, "over: " + culprit.advice(), null);
            case WatchEvent.Delayed(var cause, var lag) ->
                log(Level.DEBUG, "virtual threads were " + lag.toMillis() + " ms late: " + cause, null);
        }
    }

    private static String stack(List<String> frames) {
        return "  at " + String.join(System.lineSeparator() + "  at ", frames);
    }

    private static void log(Level level, String message, @Nullable Throwable error) {
        try {
            System.getLogger("io.forkloom").log(level, message, error);
        } catch (Throwable e) {
            // A log that fails must not keep the others from hearing.
        }
    }

    /** What was told is still heard; does not wait for it. */
    @Override
    public void close() {
        teller.shutdown();
    }
}
