package io.forkloom.async;

import io.forkloom.internal.scope.Scopes;
import io.forkloom.internal.time.Ticks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Waits for several channels, and sends to or receives from exactly one of them: the first that can.
 *
 * <pre>{@code
 * var line = Select.of(
 *                 receive(pages, page -> "page " + page.url()),
 *                 receive(errors, error -> "error " + error, () -> "no more errors"),
 *                 send(ticks, now, () -> "ticked"))
 *         .await(ofMillis(10))
 *         .orElse("nothing happened");
 * }</pre>
 *
 * <p>Of several that can, one is taken by chance, each as likely. What the clause says is done after that, on the
 * caller's thread, and its result, never null, is the result. A select may be used again, and by several threads.
 *
 * <p><b>Waiting.</b> Both {@code await} wait, {@link #tryNow} does not. Who waits here stands in the queues of all its
 * channels, in turn with those who wait for one. A wait that throws, or whose time is over, has sent and taken nothing.
 *
 * <p><b>The end</b> of a channel is something that happens: to send to it, or to receive from it when nothing is left,
 * throws {@link ChannelClosedException}. A {@link #receive(Channel, Function, Supplier) receive} may say instead what the
 * result is at the end, where that is not a failure.
 *
 * @param <R> the result, of all clauses
 */
public final class Select<R> {
    private final List<Clause<? extends R>> clauses;
    private final List<Channel<?>> channels;

    private Select(List<Clause<? extends R>> clauses) {
        if (clauses.isEmpty()) {
            throw new IllegalArgumentException("a select without clauses would wait for ever");
        }
        this.clauses = List.copyOf(clauses);
        // All that lock several channels do it in this order.
        this.channels = clauses.stream()
                .map(clause -> clause.channel)
                .distinct()
                .sorted(Comparator.comparingLong(Channel::number))
                .collect(Collectors.toUnmodifiableList());
    }

    @SafeVarargs
    @SuppressWarnings("varargs") // the array is read, and not kept
    public static <R> Select<R> of(Clause<? extends R>... clauses) {
        return new Select<>(List.of(clauses));
    }

    public static <R> Select<R> of(List<? extends Clause<? extends R>> clauses) {
        return new Select<>(List.copyOf(clauses));
    }

    /** Receives an item. */
    public static <T, R> Clause<R> receive(Channel<T> channel, Function<? super T, ? extends R> then) {
        return new Receiving<>(channel, then, null);
    }

    /** As the other, with what gives the result when the channel was closed and nothing is left; not when it has failed. */
    public static <T, R> Clause<R> receive(
            Channel<T> channel, Function<? super T, ? extends R> then, Supplier<? extends R> atEnd) {
        return new Receiving<>(channel, then, atEnd);
    }

    /** Sends the item. */
    public static <T, R> Clause<R> send(Channel<T> channel, T item, Supplier<? extends R> then) {
        return new Sending<>(channel, Objects.requireNonNull(item, "item"), then);
    }

    /** Waits until one can. */
    public R await() throws InterruptedException {
        return select(null).orElseThrow();
    }

    /** Waits until one can, for this time at the most; empty if none could. */
    public Optional<R> await(Duration time) throws InterruptedException {
        return select(Ticks.now() + Ticks.of(time));
    }

    /** Never waits; empty if none can at the moment. */
    public Optional<R> tryNow() {
        lock();
        Supplier<? extends R> result;
        try {
            result = attempt();
        } finally {
            unlock();
        }
        return Optional.ofNullable(result).map(Supplier::get);
    }

    /** {@code to receive from channel a (0 of 4), or to send to channel b (4 of 4)}. */
    @Override
    public String toString() {
        return clauses.stream().map(Clause::toString).collect(Collectors.joining(", or "));
    }

    private Optional<R> select(@Nullable Long deadline) throws InterruptedException {
        Scopes.check();
        var party = new Party();
        var places = new ArrayList<Place>(clauses.size());
        Supplier<? extends R> result;
        lock();
        try {
            result = attempt();
            if (result == null) {
                clauses.forEach(clause -> places.add(clause.queue(party)));
            }
        } finally {
            unlock();
        }
        if (result == null) {
            result = await(party, places, deadline);
        }
        return Optional.ofNullable(result).map(Supplier::get);
    }

    private @Nullable Supplier<? extends R> await(Party party, List<Place> places, @Nullable Long deadline)
            throws InterruptedException {
        try {
            if (deadline == null) {
                party.await(this);
            } else if (!party.awaitUntil(deadline, this)) {
                return null;
            }
            int served = 0;
            while (!party.isServedAt(places.get(served))) {
                served++;
            }
            return clauses.get(served).served(places.get(served));
        } finally {
            for (int i = 0; i < places.size(); i++) {
                clauses.get(i).channel.passage().forget(places.get(i));
            }
        }
    }

    /** Under all locks: does what the first can that can, of all in an order by chance; null if none can. */
    private @Nullable Supplier<? extends R> attempt() {
        var shuffled = new ArrayList<>(clauses);
        Collections.shuffle(shuffled, ThreadLocalRandom.current());
        for (var clause : shuffled) {
            var result = clause.attempt();
            if (result != null) {
                return result;
            }
        }
        return null;
    }

    private void lock() {
        channels.forEach(channel -> channel.passage().lock());
    }

    private void unlock() {
        channels.reversed().forEach(channel -> channel.passage().unlock());
    }

    /** One of the things that may happen. What it gives is asked for without a lock. */
    public abstract static sealed class Clause<R> {
        final Channel<?> channel;

        private Clause(Channel<?> channel) {
            this.channel = channel;
        }

        /** Under all locks: sends or receives, or finds the end; null if none of it is possible. */
        abstract @Nullable Supplier<R> attempt();

        /** Under all locks. */
        abstract Place queue(Party party);

        /** What became of the party that was served here. */
        abstract Supplier<R> served(Place place);
    }

    private static final class Receiving<T, R> extends Clause<R> {
        private final Channel<T> from;
        private final Function<? super T, ? extends R> then;
        private final @Nullable Supplier<? extends R> atEnd;

        Receiving(Channel<T> from, Function<? super T, ? extends R> then, @Nullable Supplier<? extends R> atEnd) {
            super(from);
            this.from = from;
            this.then = then;
            this.atEnd = atEnd;
        }

        @Override
        @Nullable
        Supplier<R> attempt() {
            var item = from.passage().take();
            if (item != null) {
                return () -> then.apply(item);
            }
            return from.isClosed() ? this::end : null;
        }

        @Override
        Place queue(Party party) {
            return from.passage().waitToReceive(party, from);
        }

        @Override
        @SuppressWarnings("unchecked") // it is what queue has made
        Supplier<R> served(Place place) {
            var item = ((Passage.Turn<T>) place).item;
            return item == null ? this::end : () -> then.apply(item);
        }

        private R end() {
            from.endOfItems();
            if (atEnd == null) {
                throw from.closed();
            }
            return atEnd.get();
        }

        @Override
        public String toString() {
            return "to receive from " + from;
        }
    }

    private static final class Sending<T, R> extends Clause<R> {
        private final Channel<T> to;
        private final T item;
        private final Supplier<? extends R> then;

        Sending(Channel<T> to, T item, Supplier<? extends R> then) {
            super(to);
            this.to = to;
            this.item = item;
            this.then = then;
        }

        @Override
        @Nullable
        Supplier<R> attempt() {
            if (to.isClosed()) {
                return this::end;
            }
            return to.offer(item) ? then::get : null;
        }

        @Override
        Place queue(Party party) {
            return to.passage().waitToSend(party, item, to);
        }

        @Override
        Supplier<R> served(Place place) {
            return ((Passage.Turn<?>) place).ended ? this::end : then::get;
        }

        private R end() {
            throw to.closed();
        }

        @Override
        public String toString() {
            return "to send to " + to;
        }
    }
}
