package io.forkloom.async;

import io.forkloom.internal.scope.Member;
import io.forkloom.internal.scope.Scope;
import io.forkloom.internal.scope.Scopes;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
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
 * <p><b>Failure.</b> What the failure of one means to the others says the {@link Policy}; by default the first subtask
 * that throws cancels the others. All errors are kept: {@link #join} throws them as one {@link GroupFailedException}, and
 * what no join has thrown, {@link #close} does. What a subtask throws only because the cancelled group interrupted it is
 * not an error: an exception of an interrupt, or one that has such a cause, and nothing suppressed that says more.
 *
 * <p><b>Cancelling</b> holds until the group ends. Each subtask is interrupted, so {@code pool.call} answers by
 * cancelling its task; and every wait of this library throws in a subtask of a cancelled group, however often it has caught
 * that before. Nothing starts any more: what is forked into a group that is cancelled is {@code CANCELLED} at once. A group
 * that is opened within is cancelled with this one.
 *
 * <p><b>Waiting.</b> {@link #join} and {@link #close} wait for every subtask, for as long as that takes: one that
 * ignores interrupts holds them up. Nothing else waits.
 *
 * <p><b>The owner</b>, until it joins, is woken when the group fails by itself: in a wait of this library, a
 * {@code channel.receive()} say, it then gets the {@link GroupFailedException}, and in any other it is interrupted. In
 * {@link #run} the interrupt does not show. It is not woken by {@link #cancel}, nor where the first success ends a group.
 *
 * <p><b>Threads.</b> The owner, which is the thread that opened the group, forks, joins and closes; its subtasks may fork
 * too. Any thread may cancel. Everybody else gets an {@code IllegalStateException}; work from foreign threads is for
 * {@link Background}.
 */
public final class TaskGroup implements AutoCloseable {
    private final String name;
    private final Policy policy;
    private final ScopedValue.@Nullable Carrier bindings;

    private final Member owner;
    private final Body body;
    private final Crew crew;
    private final AtomicLong forked = new AtomicLong();
    private final Ends ends = new Ends();
    private final Errors errors;
    private volatile boolean closed;

    private TaskGroup(GroupConfig config) {
        name = config.name();
        policy = config.policy();
        errors = new Errors(name);
        bindings = config.bindings();
        owner = Scopes.here();
        body = new Body(owner.innermost());
        crew = new Crew(this, body);
        owner.enter(body);
        OpenGroups.add(this);
    }

    public static TaskGroup open() {
        return open(config -> {});
    }

    /** With a name: the beginning of its threads' names, {@code crawl/3}; it stands in messages. */
    public static TaskGroup open(String name) {
        return open(config -> config.name(name));
    }

    /** {@code TaskGroup.open(c -> c.name("crawl").policy(Policy.COLLECT_ALL).carry(USER))}. */
    public static TaskGroup open(Consumer<GroupConfig> configure) {
        var config = new GroupConfig();
        configure.accept(config);
        return new TaskGroup(config);
    }

    /**
     * Opens a group, does this with it, waits until all its subtasks have ended, and closes it. As a try block does, but for a
     * body that waits for more than the group: where a failure of the group wakes it up, the errors are what is thrown.
     *
     * @throws GroupFailedException if any failed, as the policy says
     * @throws InterruptedException if the caller is interrupted; all subtasks have ended
     * @throws Exception what the body throws; all subtasks have ended, and the errors of the group are suppressed in it
     */
    public static void run(Consumer<GroupConfig> configure, Work work) throws Exception {
        try (var group = open(configure)) {
            try {
                work.run(group);
            } catch (Exception e) {
                // Before the errors are told: the interrupt must be known as the group's own.
                if (group.body.reason() == null || !Interruption.explains(e)) {
                    throw e;
                }
            }
            group.join();
        }
    }

    /** What is done with a group. */
    @FunctionalInterface
    public interface Work {
        void run(TaskGroup group) throws Exception;
    }

    /** Starts the body on a virtual thread of its own; its value is there after {@link #join}. */
    public <T extends @Nullable Object> Subtask<T> fork(Callable<? extends T> subtask) {
        return start(null, subtask);
    }

    /** As {@link #fork(Callable)}, with a name for thread dumps and messages. */
    public <T extends @Nullable Object> Subtask<T> fork(String subtask, Callable<? extends T> work) {
        return start(Objects.requireNonNull(subtask, "name"), work);
    }

    /** For a body without a result: its value is null. The name differs so that a lambda is never ambiguous. */
    public Subtask<?> forkAction(Action work) {
        return start(null, withoutResult(work));
    }

    public Subtask<?> forkAction(String subtask, Action work) {
        return start(Objects.requireNonNull(subtask, "name"), withoutResult(work));
    }

    /**
     * Waits until all subtasks have ended, those included that subtasks fork meanwhile. The owner may fork and join again.
     *
     * @throws GroupFailedException if any failed, as the policy says
     * @throws InterruptedException if the owner is interrupted, or a group or time limit around it ends; the subtasks run on
     *     until {@link #close}
     */
    public void join() throws InterruptedException {
        joinQuietly();
        errors.throwAll();
    }

    /** As {@link #join}, and gives the errors, in the order in which they came, instead of throwing them. */
    public List<Throwable> await() throws InterruptedException {
        joinQuietly();
        return errors.list();
    }

    /**
     * The subtasks in the order in which they end, for a group {@link Policy#AS_COMPLETED}. {@code hasNext} waits until one
     * ends, or all have been taken; what is forked meanwhile comes too. Where the owner is interrupted it throws
     * {@link java.util.concurrent.CancellationException}, and the interrupt stays set.
     */
    public Iterable<Subtask<?>> completed() {
        checkOwner("take subtasks of");
        if (policy != Policy.AS_COMPLETED) {
            throw new IllegalStateException(this + " is " + policy + ": open it with policy(AS_COMPLETED)");
        }
        return () -> ends.iterator(taken -> taken.failure().ifPresent(errors::remove));
    }

    /**
     * Interrupts all subtasks; {@link #join} then returns without an error.
     *
     * @return whether this cancelled it; false where it already was, or had failed, and this reason is dropped
     */
    public boolean cancel(String reason) {
        return crew.cancel(Objects.requireNonNull(reason, "reason"));
    }

    /** Whether it was cancelled, has failed, or is closing; for subtasks that compute for long without waiting. */
    public boolean isCancelled() {
        return crew.cancelled() != null;
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
        closeQuietly();
        errors.throwUntold();
    }

    private void closeQuietly() {
        if (closed) {
            return;
        }
        body.leave();
        crew.cancel("the group was closed");
        crew.joinUninterruptibly();
        closed = true;
        OpenGroups.remove(this);
        Scopes.forgetIfOutside(owner);
    }

    @Override
    public String toString() {
        return "group " + name;
    }

    String name() {
        return name;
    }

    Thread owner() {
        return owner.thread();
    }

    Crew crew() {
        return crew;
    }

    Ends ends() {
        return ends;
    }

    private <T extends @Nullable Object> Subtask<T> start(@Nullable String subtask, Callable<? extends T> work) {
        Objects.requireNonNull(work, "work");
        checkMayFork();
        long number = forked.incrementAndGet();
        var run = new Run<T>(work);
        var thread = Thread.ofVirtual()
                .name(name + "/" + (subtask == null ? Long.toString(number) : subtask))
                .unstarted(run);
        var task = new Subtask<T>(this, new Member(thread, crew), subtask, number);
        run.task = task;
        if (policy == Policy.AS_COMPLETED) {
            ends.begun();
        }
        if (!crew.start(task)) {
            var cancelled = crew.cancelled();
            task.cancelled(cancelled == null ? "cancelled" : cancelled.why());
            ended(task);
        }
        return task;
    }

    /** The body of a subtask's thread. */
    private final class Run<T extends @Nullable Object> implements Runnable {
        private final Callable<? extends T> work;
        private @Nullable Subtask<T> task;

        Run(Callable<? extends T> work) {
            this.work = work;
        }

        @Override
        public void run() {
            var mine = Objects.requireNonNull(task);
            Scopes.begin(mine.member());
            if (bindings == null) {
                work(mine);
            } else {
                bindings.run(() -> work(mine));
            }
        }

        private void work(Subtask<T> mine) {
            try {
                var value = work.call();
                checkNothingOpen(mine);
                succeeded(mine, value);
            } catch (Throwable error) {
                closeWhatIsOpen(mine);
                failed(mine, error);
            }
            ended(mine);
        }
    }

    private void checkNothingOpen(Subtask<?> subtask) {
        if (subtask.member().innermost() instanceof Body left) {
            throw new IllegalStateException(
                    subtask + " has left " + left.group() + " open, whose threads were cancelled: use a try block");
        }
    }

    /** No thread outlives its group, also where a subtask forgets one of its own. */
    private static void closeWhatIsOpen(Subtask<?> subtask) {
        while (subtask.member().innermost() instanceof Body left) {
            left.group().closeQuietly();
        }
    }

    private <T extends @Nullable Object> void succeeded(Subtask<T> task, T value) {
        task.done(value);
        if (policy == Policy.FIRST_SUCCESS) {
            errors.drop();
            crew.cancel(task + " gave a value");
        }
    }

    private void failed(Subtask<?> task, Throwable error) {
        var cancelled = crew.cancelled();
        if (cancelled != null && Interruption.explains(error)) {
            task.cancelled(cancelled.why());
            return;
        }
        task.failed(error);
        errors.add(error);
        if (policy == Policy.FAIL_FAST && crew.cancel(task + " failed")) {
            body.cancel(task + " failed");
        }
    }

    private void ended(Subtask<?> task) {
        if (policy == Policy.AS_COMPLETED) {
            ends.add(task);
        }
        ends.ring();
    }

    private void joinQuietly() throws InterruptedException {
        checkOwner("join");
        body.heard();
        Scopes.check();
        try {
            crew.join();
        } catch (InterruptedException _) {
            throw Scopes.interruption();
        }
        Scopes.check(); // subtasks may have ended because of what this thread has not heard yet
    }

    private void checkMayFork() {
        if (closed) {
            throw new IllegalStateException(this + " is closed: fork within its try block");
        }
        var caller = Thread.currentThread();
        if (!caller.equals(owner.thread())) {
            var member = Scopes.current();
            if (member == null || member.home() != crew) {
                throw new IllegalStateException(caller + " must not fork into " + this + ": only its owner "
                        + owner.thread() + " and its own subtasks may");
            }
        }
    }

    private void checkOwner(String verb) {
        if (!Thread.currentThread().equals(owner.thread())) {
            throw new IllegalStateException(Thread.currentThread() + " must not " + verb + " " + this
                    + ": only its owner " + owner.thread() + " may, which opened it");
        }
    }

    private static Callable<@Nullable Void> withoutResult(Action work) {
        Objects.requireNonNull(work, "work");
        return () -> {
            work.run();
            return null;
        };
    }

    /** The scope of the owner between open and join; cancelled by a failure only. */
    private final class Body extends Scope {
        Body(@Nullable Scope around) {
            super(around);
            begin();
        }

        TaskGroup group() {
            return TaskGroup.this;
        }

        /** From here on the owner waits for nothing that a failure should wake it from. */
        void heard() {
            lift();
            owner.settle();
        }

        void leave() {
            heard();
            end();
            owner.leave(this);
        }

        @Override
        protected List<Member> members() {
            return List.of(owner);
        }

        @Override
        protected InterruptedException interruption(Member thread, String why) {
            if (thread == owner) {
                errors.throwAll();
            }
            return new InterruptedException(TaskGroup.this + " failed: " + why);
        }
    }
}
