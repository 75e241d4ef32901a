package io.forkloom.async;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** An iterator that waits for what comes next. One thread iterates. */
abstract class Awaited<T> implements Iterator<T> {
    private final String what;
    private @Nullable T next;

    /** @param what it waits for, to whoever interrupts it */
    Awaited(String what) {
        this.what = what;
    }

    /** Waits for it; null at the end. */
    abstract @Nullable T take() throws InterruptedException;

    /** An iterator cannot throw what a wait throws: it stays set, and comes as a {@link CancellationException}. */
    @Override
    public boolean hasNext() {
        try {
            if (next == null) {
                next = take();
            }
            return next != null;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while waiting for " + what);
        }
    }

    @Override
    public T next() {
        if (!hasNext() || next == null) {
            throw new NoSuchElementException("it has ended: there is no other " + what);
        }
        var taken = next;
        next = null;
        return taken;
    }
}
