package io.forkloom.async;

import io.forkloom.internal.time.Backoff;
import io.forkloom.internal.time.Pause;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A function for many items, each on a virtual thread of its own, and not too many of them at once.
 *
 * <pre>{@code
 * List<Page> pages = amap(urls, http::get).limit(64).retries(3, ofMillis(200)).timeout(ofSeconds(10)).toList();
 *
 * try (var run = amap(endless, this::fetch).limit(64).asCompleted().start()) {
 *     for (var page : run) {
 *         store(page);
 *     }
 * }
 * }</pre>
 *
 * <p>This is a description: immutable, and each method gives a changed one. It can be run many times.
 *
 * <p><b>Memory.</b> At most {@code limit} items are worked on, and at most as many results wait to be taken (in order: twice
 * as many, because a slow one holds those behind it back). So the items may be endless; they are taken one at a time,
 * on a virtual thread of the run's own, and no further ahead.
 *
 * <p><b>Failure.</b> An item that fails is tried again as {@link #retries} says. Then it ends an iteration over values, with an
 * {@link ItemFailedException}, and what runs is cancelled; an iteration over {@link AsyncRun#outcomes} goes on. What the
 * items themselves throw ends both, as a {@link GroupFailedException}.
 *
 * @param <A> the items
 * @param <R> the results
 */
public final class AsyncMap<A extends @Nullable Object, R extends @Nullable Object> {
    private final Iterable<? extends A> items;
    private final AsyncFunction<? super A, ? extends R> function;
    private final Plan plan;

    /** How it is run. */
    static final class Plan implements Cloneable {
        String name = "amap";
        int limit = 64;
        boolean ordered = true;
        /** Attempts beyond the first. */
        int retries;

        Backoff backoff = Backoff.NONE;
        /** Of one attempt. */
        Optional<Duration> timeout = Optional.empty();

        Optional<RateLimiter> rate = Optional.empty();
        Pause pause = Pause.SLEEP;

        @Override
        protected Plan clone() {
            try {
                return (Plan) super.clone();
            } catch (CloneNotSupportedException e) {
                throw new IllegalStateException(e); // it is
            }
        }
    }

    private AsyncMap(Iterable<? extends A> items, AsyncFunction<? super A, ? extends R> function, Plan plan) {
        this.items = items;
        this.function = function;
        this.plan = plan;
    }

    static <A extends @Nullable Object, R extends @Nullable Object> AsyncMap<A, R> of(
            Iterable<? extends A> items, AsyncFunction<? super A, ? extends R> function) {
        return new AsyncMap<>(
                Objects.requireNonNull(items, "items"), Objects.requireNonNull(function, "function"), new Plan());
    }

    /** Works on so many items at once. Default: 64. */
    public AsyncMap<A, R> limit(int atOnce) {
        if (atOnce < 1) {
            throw new IllegalArgumentException(
                    "a limit of " + atOnce + " would let no item run: it must be 1 at least");
        }
        return with(other -> other.limit = atOnce);
    }

    /** Results come in the order of their items. The default. */
    public AsyncMap<A, R> ordered() {
        return with(other -> other.ordered = true);
    }

    /** Results come as they are there. */
    public AsyncMap<A, R> asCompleted() {
        return with(other -> other.ordered = false);
    }

    /** Up to so many more attempts for an item, after a pause that doubles each time, up to 30 s. */
    public AsyncMap<A, R> retries(int times, Duration firstPause) {
        if (times < 0) {
            throw new IllegalArgumentException(times + " retries: say 0 for none");
        }
        var backoff = Backoff.from(firstPause);
        return with(other -> {
            other.retries = times;
            other.backoff = backoff;
        });
    }

    /** Each attempt has so long; then it is interrupted, and has failed. */
    public AsyncMap<A, R> timeout(Duration ofAnAttempt) {
        Objects.requireNonNull(ofAnAttempt, "time-out");
        return with(other -> other.timeout = Optional.of(ofAnAttempt));
    }

    /** Each attempt, the later ones too, begins when this lets it. One limiter may serve many runs. */
    public AsyncMap<A, R> rate(RateLimiter limiter) {
        Objects.requireNonNull(limiter, "limiter");
        return with(other -> other.rate = Optional.of(limiter));
    }

    /** The beginning of its threads' names. Default: {@code amap}. */
    public AsyncMap<A, R> name(String value) {
        Objects.requireNonNull(value, "name");
        return with(other -> other.name = value);
    }

    /** For tests, which do not want to wait between attempts. */
    AsyncMap<A, R> pausing(Pause pause) {
        return with(other -> other.pause = pause);
    }

    /** Starts, and hands out results as they are asked for. To be closed by the thread that starts it. */
    public AsyncRun<A, R> start() {
        return new AsyncRun<>(items, function, plan);
    }

    /**
     * Waits for all results.
     *
     * @throws ItemFailedException if an item failed; what still ran was cancelled, and has ended
     */
    public List<R> toList() throws InterruptedException {
        try (var run = start()) {
            var all = new ArrayList<R>();
            for (var outcome = run.next(); outcome.isPresent(); outcome = run.next()) {
                all.add(outcome.get().orThrow());
            }
            return all;
        }
    }

    private AsyncMap<A, R> with(Consumer<Plan> change) {
        var other = plan.clone();
        change.accept(other);
        return new AsyncMap<>(items, function, other);
    }
}
