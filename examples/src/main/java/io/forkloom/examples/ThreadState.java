package io.forkloom.examples;

import io.forkloom.ContextCarrier;
import io.forkloom.ProcessPool;
import java.util.Map;

/**
 * A8, nothing of the waiting side crosses the border: a task is a plain function on a platform thread of another JVM. What
 * the caller has bound to its thread is not there; what the task needs is an argument.
 */
public final class ThreadState {
    private static final ScopedValue<String> USER = ScopedValue.newInstance();
    private static final ThreadLocal<String> REQUEST = ThreadLocal.withInitial(() -> "none");

    /** For the rare thing that every task needs, and that no function should have to pass on: traces, the log's context. */
    record RequestCarrier() implements ContextCarrier {
        @Override
        public Map<String, String> capture() {
            return Map.of("request", REQUEST.get());
        }

        @Override
        public Scope restore(Map<String, String> context) {
            REQUEST.set(context.getOrDefault("request", "none"));
            return REQUEST::remove;
        }
    }

    private ThreadState() {}

    public static void main(String[] args) throws InterruptedException {
        try (var pool = ProcessPool.open(c -> c.workers(1).heap("128m"))) {
            var caller = Thread.ofVirtual()
                    .start(() -> ScopedValue.where(USER, "ada").run(() -> {
                        REQUEST.set("7");
                        IO.println("caller: " + state());
                        try {
                            IO.println("task: " + pool.call(ThreadState::state));
                            IO.println("what it needs is an argument: " + pool.call(ThreadState::greet, USER.get()));
                            IO.println("or is captured: " + greetLater(pool, REQUEST.get()));
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        }
                    }));
            caller.join();

            // A worker runs one task after the other on the same thread.
            pool.run(() -> REQUEST.set("left behind"));
            IO.println("a thread-local outlives its task: " + pool.call(() -> REQUEST.get()));
            pool.run(() -> ScopedValue.where(USER, "ben").run(() -> greet(USER.get())));
            IO.println("a scoped value does not: bound = " + pool.call(() -> USER.isBound()));
        }

        try (var pool = ProcessPool.open(c -> c.workers(1).heap("128m").context(new RequestCarrier()))) {
            REQUEST.set("8");
            IO.println("task, with a carrier: " + pool.call(ThreadState::state));
        }
    }

    private static String greetLater(ProcessPool pool, String request) throws InterruptedException {
        return pool.call(() -> "hello, request " + request);
    }

    /** Here and there. */
    static String state() {
        return (Thread.currentThread().isVirtual() ? "a virtual thread" : "a platform thread") + ", user "
                + (USER.isBound() ? USER.get() : "not bound") + ", request " + REQUEST.get();
    }

    static String greet(String user) {
        return "hello, " + user;
    }
}
