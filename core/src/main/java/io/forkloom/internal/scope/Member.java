package io.forkloom.internal.scope;

import org.jspecify.annotations.Nullable;

/**
 * A thread, as scopes see it: which of them it stands in. It alone enters and leaves; others may wake it.
 *
 * <p>An interrupt of ours is taken back when its scope is left, so that it hits nothing outside: also where a wait has
 * taken it meanwhile, and somebody has set it again, as is the custom. One that others send within a cancelled scope
 * cannot be told from that, and goes with it.
 */
public final class Member {
    private final Thread thread;
    private final @Nullable Scope home;
    private volatile @Nullable Scope innermost;

    // Guarded by this.
    private boolean interruptedByUs;

    /** @param home where the thread begins */
    public Member(Thread thread, @Nullable Scope home) {
        this.thread = thread;
        this.home = home;
        this.innermost = home;
    }

    public Thread thread() {
        return thread;
    }

    /** Where the thread began; null for one that was there before. */
    public @Nullable Scope home() {
        return home;
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

    /** Out of this scope; as long as the thread stands in others within it, those count. */
    public synchronized void leave(Scope scope) {
        scope.left = true;
        var each = innermost;
        while (each != null && each.left) {
            each = each.parent();
        }
        innermost = each;
        settle();
    }

    /** Out of this scope, and of all within it that was left open. */
    public synchronized void leaveAll(Scope scope) {
        for (var each = innermost; each != null && !each.equals(scope); each = each.parent()) {
            each.left = true;
        }
        leave(scope);
    }

    /** To be called by the thread itself: the interrupt of ours is set if and only if it stands in what is cancelled. */
    public synchronized void settle() {
        if (interruptedByUs) {
            interruptedByUs = false;
            Thread.interrupted();
        }
        wake();
    }
}
