package io.forkloom.internal.scope;

import org.jspecify.annotations.Nullable;

/**
 * A thread, as scopes see it: which of them it stands in. It alone enters and leaves; others may wake it.
 *
 * <p>An interrupt of ours is taken back when its scope is left, so that it hits nothing outside. One that somebody else
 * sends at the same moment cannot be told from it, and goes with it.
 */
public final class Member {
    private final Thread thread;
    private volatile @Nullable Scope innermost;

    // Guarded by this.
    private boolean interruptedByUs;

    /** @param innermost where the thread begins */
    public Member(Thread thread, @Nullable Scope innermost) {
        this.thread = thread;
        this.innermost = innermost;
    }

    public Thread thread() {
        return thread;
    }

    public @Nullable Scope innermost() {
        return innermost;
    }

    /** Interrupts the thread, if a scope around it is cancelled and no shield stands between. */
    synchronized void wake() {
        var scope = innermost;
        if (scope != null && scope.cancelled() != null) {
            interruptedByUs = true;
            thread.interrupt();
        }
    }

    /** From here on the thread stands in this scope. */
    public synchronized void enter(Scope scope) {
        innermost = scope;
        settle();
    }

    /** Back to where it was before. */
    public synchronized void leave(@Nullable Scope before) {
        innermost = before;
        settle();
    }

    /** The interrupt of ours is set if and only if the thread stands in what is cancelled. */
    private void settle() {
        if (interruptedByUs) {
            interruptedByUs = false;
            Thread.interrupted();
        }
        wake();
    }
}
