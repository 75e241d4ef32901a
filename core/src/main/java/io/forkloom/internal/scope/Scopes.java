package io.forkloom.internal.scope;

import org.jspecify.annotations.Nullable;

/** What the current thread has to do with scopes. */
public final class Scopes {
    private static final ThreadLocal<Member> CURRENT = new ThreadLocal<>();

    private Scopes() {}

    /** For every wait of ours, on the thread that waits: before it, and again when it is woken. */
    public static void check() throws InterruptedException {
        var member = CURRENT.get();
        if (member != null) {
            var innermost = member.innermost();
            if (innermost != null) {
                check(member, innermost);
            }
        }
    }

    private static void check(Member member, Scope innermost) throws InterruptedException {
        var cancelled = innermost.cancelled();
        if (cancelled != null) {
            throw cancelled.interruption(member, cancelled.why());
        }
    }

    /** What a wait throws that was interrupted: what its scope has to say, if it was the scope, or a plain one. */
    public static InterruptedException interruption() throws InterruptedException {
        check();
        return new InterruptedException();
    }

    /** Null for a thread that is in no scope. */
    public static @Nullable Member current() {
        return CURRENT.get();
    }

    /** The current thread as a member, from here on if it was none. */
    public static Member here() {
        var member = CURRENT.get();
        if (member == null) {
            member = new Member(Thread.currentThread(), null);
            CURRENT.set(member);
        }
        return member;
    }

    /** For a thread whose member was made by others. */
    public static void begin(Member member) {
        CURRENT.set(member);
    }

    /** Nothing stays at a thread that has left its last scope. */
    public static void forgetIfOutside(Member member) {
        if (member.innermost() == null) {
            CURRENT.remove();
        }
    }
}
