package io.forkloom.async;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Runs subtasks on virtual threads that end before the group does.
 *
 * <pre>{@code
 * try (var group = TaskGroup.open()) {
 *     var page = group.fork(() -> http.get(url));
 *     var rules = group.fork(() -> pool.call(Robots::parse, site));
 *     group.join();
 *     return new Crawled(page.value(), rules.value());
 * }
 * }</pre>
 *
 * <p><b>Failure.</b> The first subtask that throws cancels the others. All errors are kept: {@link #join} throws them as
 * one {@link GroupFailedException}, and if nobody joined, {@link #close} does. What a subtask throws only because the
 * cancelled group interrupted it is not an error.
 *
 * <p><b>Cancelling</b> interrupts every subtask, once; {@code pool.call} answers by cancelling its task. From then on
 * nothing starts: what is forked into a group that was cancelled or has failed is {@code CANCELLED} at once.
 *
 * <p><b>Waiting.</b> {@link #join} and {@link #close} wait for every subtask, for as long as that takes: one that
 * ignores interrupts holds them up. Nothing else waits.
 *
 * <p><b>The owner</b> is not woken by a failure while it waits for anything but the group: in {@code channel.receive()}
 * it would wait for ever for what the failed subtask was to send. So receive in a subtask, which is interrupted, and let
 * the owner only join; or end the channel where the sending fails: {@code catch (Exception e) { channel.fail(e); throw e; }}.
 *
 * <p><b>Threads.</b> The owner, which is the thread that opened the group, forks, joins and closes; its subtasks may fork
 * too. Any thread may cancel. Everybody else gets an {@code IllegalStateException}.
 */
public final class TaskGroup implements AutoCloseable {
    private final String name;
    private final Thread owner = Thread.currentThread();
    private final ThreadSet threads = new ThreadSet();

    private final Object lock = new Object();
    // Guarded by lock; the reason is read without it too.
    private final List<Throwable> errors = new ArrayList<>();
    private long forked;
    private boolean thrown;
    private boolean closed;
    private volatile @Nullable String cancelReason;

    private TaskGroup(String name) {
        this.name = name;
    }

    public static TaskGroup open() {
        return open("group");
    }

    /** The name is the beginning of its threads' names, {@code crawl/3}, and stands in messages. */
    public static TaskGroup open(String name) {
        return new TaskGroup(name);
    }

    /** Starts the body on a virtual thread of its own; its value is there after {@link #join}. */
    public <T extends @Nullable Object> Subtask<T> fork(Callable<? extends T> body) {
        return start(null, body);
    }

    /** As {@link #fork(Callable)}, with a name for thread dumps and messages. */
    public <T extends @Nullable Object> Subtask<T> fork(String subtask, Callable<? extends T> body) {
        return start(subtask, body);
    }

    /** For a body without a result. The name differs so that a lambda is never ambiguous. */
    public Subtask<@Nullable Void> forkAction(Action body) {
        return start(null, body.withoutResult());
    }

    public Subtask<@Nullable Void> forkAction(String subtask, Action body) {
        return start(subtask, body.withoutResult());
    }

    /**
     * Waits until all subtasks have ended, those included that subtasks fork meanwhile. The owner may fork and join again.
     *
     * @throws GroupFailedException if any failed; the others were cancelled when the first did
     * @throws InterruptedException if the owner is interrupted; the subtasks run on until {@link #close}
     */
    public void join() throws InterruptedException {
        checkOwner("join");
        threads.join();
        throwErrors();
    }

    /**
     * Interrupts all subtasks; {@link #join} then returns without an error.
     *
     * @return whether this cancelled it; false where it already was, or had failed, and this reason is dropped
     */
    public boolean cancel(String reason) {
        List<Thread> running;
        synchronized (lock) {
            if (cancelReason != null) {
                return false;
            }
            cancelReason = reason;
            running = threads.list();
        }
        // After the reason is set: whoever is interrupted by the group also finds it cancelled. Outside the lock: an
        // interrupt may close a channel or socket that the thread waits for, and that is somebody else's code.
        running.forEach(Thread::interrupt);
        return true;
    }

    /** Whether it was cancelled, has failed, or is closing; for subtasks that compute for long without waiting. */
    public boolean isCancelled() {
        return cancelReason != null;
    }

    /**
     * Cancels what still runs and waits until no thread is left, also when the owner is interrupted; the interrupt stays
     * set. Closing twice is harmless.
     *
     * @throws GroupFailedException if subtasks failed and no join has said so
     */
    @Override
    public void close() {
        checkOwner("close");
        cancel("the group was closed");
        threads.joinUninterruptibly();
        boolean known;
        synchronized (lock) {
            known = thrown || closed;
            closed = true;
        }
        if (!known) {
            throwErrors();
        }
    }

    @Override
    public String toString() {
        return "group " + name;
    }

    private <T extends @Nullable Object> Subtask<T> start(@Nullable String subtask, Callable<? extends T> body) {
        synchronized (lock) {
            checkMayFork();
            forked++;
            var task = new Subtask<T>(subtask == null ? Long.toString(forked) : subtask);
            if (cancelReason != null) {
                task.cancelled(cancelReason);
                return task;
            }
            // Within the lock: a cancel that comes now finds the thread in the set.
            threads.add(Thread.ofVirtual().name(name + "/" + task.name()).start(() -> run(task, body)));
            return task;
        }
    }

    private <T extends @Nullable Object> void run(Subtask<T> task, Callable<? extends T> body) {
        try {
            task.done(body.call());
        } catch (Throwable error) {
            if (!wasOnlyCancelled(task, error)) {
                cancel("subtask " + task.name() + " failed");
            }
        }
    }

    private boolean wasOnlyCancelled(Subtask<?> task, Throwable error) {
        synchronized (lock) {
            if (cancelReason != null && Interruption.explains(error)) {
                task.cancelled(cancelReason);
                return true;
            }
            task.failed(error);
            errors.add(error);
            return false;
        }
    }

    private void throwErrors() {
        synchronized (lock) {
            if (!errors.isEmpty()) {
                thrown = true;
                throw new GroupFailedException(name, errors);
            }
        }
    }

    private void checkMayFork() {
        if (closed) {
            throw new IllegalStateException(this + " is closed: fork within its try block");
        }
        var caller = Thread.currentThread();
        if (!caller.equals(owner) && !threads.contains(caller)) {
            throw new IllegalStateException(
                    caller + " must not fork into " + this + ": only its owner " + owner + " and its own subtasks may");
        }
    }

    private void checkOwner(String verb) {
        if (!Thread.currentThread().equals(owner)) {
            throw new IllegalStateException(Thread.currentThread() + " must not " + verb + " " + this
                    + ": only its owner " + owner + " may, which opened it");
        }
    }

    /** A body without a result. */
    @FunctionalInterface
    public interface Action {
        void run() throws Exception;

        private Callable<@Nullable Void> withoutResult() {
            return () -> {
                run();
                return null;
            };
        }
    }
}
