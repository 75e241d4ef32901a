package io.forkloom.async;

import io.forkloom.internal.scope.Member;
import io.forkloom.internal.scope.Scope;
import io.forkloom.internal.scope.Scopes;
import io.forkloom.internal.thread.Joins;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Work that nobody waits for, handed in by any thread; for a program, a server or a connection to have one of.
 *
 * <pre>{@code
 * try (var background = Background.open()) {
 *     background.run("refresh", cache::refresh);
 *     Future<Report> report = background.start("report", () -> pool.call(Reports::make, month));
 *     serve();
 * }
 * }</pre>
 *
 * <p><b>Failure</b> of one disturbs no other, and is never lost, whether or not anybody looks at the {@code Future}: it goes to
 * {@link Config#onFailure} at once, or else into the log, as a warning.
 *
 * <p><b>Threads.</b> Each runs on a virtual thread of its own; they have all ended when {@link #close} returns, which any thread
 * may call. To bound how many run at once, let them acquire a {@link Limiter}.
 */
public final class Background implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Background.class.getName());

    private static final int SWEEP_FROM = 64; // pieces of work

    private final Config config;
    private final Object lock = new Object();
    // Guarded by lock. One stays in until its thread has ended, and a sweep takes it out.
    private final List<Work<?>> started = new ArrayList<>();
    private int sweepAt = SWEEP_FROM;
    private boolean closed;

    private Background(Config config) {
        this.config = config;
    }

    /** What a {@link Background} is to be like. */
    public static final class Config {
        private String name = "background";
        private BiConsumer<? super String, ? super Throwable> onFailure =
                (work, error) -> LOG.log(Level.WARNING, "background work " + work + " failed", error);

        private Config() {}

        /** The beginning of its threads' names. Default: {@code background}. */
        public Config name(String value) {
            name = Objects.requireNonNull(value, "name");
            return this;
        }

        /** Is told the name and the error of each that fails, on its thread. Default: it is logged. */
        public Config onFailure(BiConsumer<? super String, ? super Throwable> listener) {
            onFailure = Objects.requireNonNull(listener, "listener");
            return this;
        }
    }

    public static Background open() {
        return open(config -> {});
    }

    /** {@code Background.open(c -> c.name("jobs").onFailure(alarm::raise))}. */
    public static Background open(Consumer<Config> configure) {
        var config = new Config();
        configure.accept(config);
        return new Background(config);
    }

    /**
     * Starts it and returns at once. Cancelling the future interrupts it.
     *
     * @throws IllegalStateException if this is closed
     */
    public <T extends @Nullable Object> Future<T> start(String name, Callable<? extends T> work) {
        var next = new Work<T>(name, work);
        synchronized (lock) {
            if (closed) {
                throw new IllegalStateException("background " + config.name + " is closed, and does not start " + name);
            }
            if (started.size() >= sweepAt) {
                started.removeIf(each -> !each.thread().isAlive());
                sweepAt = Math.max(SWEEP_FROM, 2 * started.size());
            }
            started.add(next);
            next.thread().start();
        }
        return next;
    }

    /** As {@link #start}, for work that gives nothing, and that nobody will ask about. */
    public void run(String name, Action work) {
        Future<@Nullable Void> _ = this.<@Nullable Void>start(name, () -> {
            work.run();
            return null;
        });
    }

    /** How many run at the moment. */
    public int running() {
        return (int) alive().stream().filter(each -> !each.isDone()).count();
    }

    /** Waits until nothing runs; what is started meanwhile is waited for too. */
    public void join() throws InterruptedException {
        checkOutside("join");
        Scopes.check();
        try {
            for (var batch = alive(); !batch.isEmpty(); batch = alive()) {
                for (var work : batch) {
                    work.thread().join();
                }
            }
        } catch (InterruptedException _) {
            throw Scopes.interruption();
        }
    }

    /**
     * Cancels what runs and waits until no thread is left, also when the caller is interrupted; the interrupt stays set.
     * Closing twice is harmless.
     */
    @Override
    public void close() {
        checkOutside("close");
        synchronized (lock) {
            closed = true;
        }
        var left = alive();
        left.forEach(Work::stop);
        left.forEach(each -> Joins.untilEnded(each.thread()));
    }

    /** It would wait for itself. */
    private void checkOutside(String verb) {
        var me = Thread.currentThread();
        if (alive().stream().anyMatch(each -> each.thread().equals(me))) {
            throw new IllegalStateException("background " + config.name + ": its own work " + me.getName() + " cannot "
                    + verb + " it; return, and let another thread do that");
        }
    }

    private List<Work<?>> alive() {
        synchronized (lock) {
            return started.stream().filter(each -> each.thread().isAlive()).toList();
        }
    }

    /** One piece of work: a future, a thread, and a scope of its own. */
    private final class Work<T extends @Nullable Object> extends FutureTask<T> {
        private final String name;
        private final Member member;
        private final Scope scope = new Scope(null) {
            @Override
            protected List<Member> members() {
                return List.of(member);
            }
        };

        Work(String name, Callable<? extends T> work) {
            super(work::call);
            this.name = name;
            this.member =
                    new Member(Thread.ofVirtual().name(config.name + "/" + name).unstarted(this), scope);
        }

        Thread thread() {
            return member.thread();
        }

        @Override
        public void run() {
            Scopes.begin(member);
            super.run();
        }

        /** The future first, or its work could fail of the interrupt before it counts as cancelled. */
        @Override
        public boolean cancel(boolean mayInterrupt) {
            boolean cancelled = super.cancel(false);
            if (cancelled && mayInterrupt) {
                scope.cancel("it was cancelled");
            }
            return cancelled;
        }

        /** Also where its future was cancelled before, without an interrupt. */
        void stop() {
            super.cancel(false);
            scope.cancel("the background was closed");
        }

        @Override
        public T get() throws InterruptedException, ExecutionException {
            Scopes.check();
            try {
                return super.get();
            } catch (InterruptedException _) {
                throw Scopes.interruption();
            }
        }

        @Override
        public T get(long time, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
            Scopes.check();
            try {
                return super.get(time, unit);
            } catch (InterruptedException _) {
                throw Scopes.interruption();
            }
        }

        @Override
        protected void setException(Throwable error) {
            super.setException(error);
            if (!isCancelled() || !Interruption.explains(error)) {
                config.onFailure.accept(name, error);
            }
        }
    }
}
