package io.forkloom.internal.scope;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of a program that is cancelled as a whole: a node in a tree. It ends before its parent does.
 *
 * <p>For any thread; only {@link #cancel} runs code of others, by its interrupts, and does so without a lock of this class.
 */
public class Scope {
    private final @Nullable Scope parent;
    private volatile @Nullable String reason;
    /** Its thread has left it, and perhaps not yet what is within; of that thread alone. */
    boolean left;

    // Both guarded by this. Few scopes have children, so there is no set for most.
    private boolean lifted;
    private @Nullable Set<Scope> children;

    /** @param parent the scope around it; null where there is none */
    protected Scope(@Nullable Scope parent) {
        this.parent = parent;
    }

    /** Makes it known to its parent, whose cancelling then reaches it. */
    protected final void begin() {
        if (parent != null) {
            parent.adopt(this);
        }
    }

    /** Its parent forgets it. */
    protected final void end() {
        if (parent != null) {
            parent.release(this);
        }
    }

    /** Those of the scope's threads that do not stand in a scope below it; {@link #cancel} wakes them. */
    protected List<Member> members() {
        return List.of();
    }

    /**
     * What a wait throws, on a thread in this scope, when it is cancelled; a scope may know better, and throw that.
     *
     * @param thread the one that waits
     */
    protected InterruptedException interruption(Member thread, String why) {
        return new InterruptedException(why);
    }

    /** Its threads have heard what they should: it is not cancelled any more, and never will be again. */
    protected final synchronized void lift() {
        lifted = true;
        reason = null;
    }

    /** Cancels it, and all below it; false where it already was, and this reason is dropped. */
    public final boolean cancel(String why) {
        synchronized (this) {
            if (reason != null || lifted) {
                return false;
            }
            reason = why;
        }
        // After the reason is set: who is interrupted finds it cancelled.
        wake();
        return true;
    }

    private void wake() {
        for (var member : members()) {
            member.wake();
        }
        for (var child : children()) {
            child.wake();
        }
    }

    /** Why this very scope was cancelled; null if it was not. */
    public final @Nullable String reason() {
        return reason;
    }

    /** As {@link #reason}, in words for whoever was cancelled by it. */
    public final String why() {
        var given = reason;
        return given == null ? "cancelled" : given;
    }

    /** The innermost scope, from here outwards to the next shield, that is cancelled; null if none is. */
    public final @Nullable Scope cancelled() {
        for (@Nullable Scope scope = this; scope != null; scope = scope.isShield() ? null : scope.parent) {
            if (scope.reason != null) {
                return scope;
            }
        }
        return null;
    }

    /** Whether it hides what is around it. */
    boolean isShield() {
        return false;
    }

    public final @Nullable Scope parent() {
        return parent;
    }

    private synchronized List<Scope> children() {
        return children == null ? List.of() : new ArrayList<>(children);
    }

    private synchronized void adopt(Scope child) {
        if (children == null) {
            children = new LinkedHashSet<>();
        }
        children.add(child);
    }

    private synchronized void release(Scope child) {
        if (children != null) {
            children.remove(child);
        }
    }
}
