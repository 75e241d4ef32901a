package io.forkloom;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The results of {@link TaskPool#map}, as they are iterated: {@code pool.map(Pages::parse, pages).ordered()}.
 *
 * <p>Nothing runs before iteration begins. Arguments are taken as room appears: about two chunks for each worker are
 * under way, so memory stays flat for any number of arguments. One iteration by one thread.
 *
 * <p>{@link #iterator} throws at the first task that gave no value, and then the rest is cancelled;
 * {@link #outcomes} never throws for what a task did. An argument that cannot be sent is a task that gave no value: it is
 * {@link Outcome.Failed}, with the {@link SerialisationException} as cause, and the others go on. {@link #close} cancels what is under way; use try-with-resources
 * where the loop may end early. While it waits, an interrupt cancels the rest: the iterator throws
 * {@link TaskCancelledException} and the interrupt stays set.
 *
 * @param <R> what the function gives
 */
public interface Results<R extends @Nullable Object> extends Iterable<R>, AutoCloseable {

    /** In the order of the arguments. This is the default. */
    @CheckReturnValue
    Results<R> ordered();

    /** In the order in which they end. */
    @CheckReturnValue
    Results<R> asCompleted();

    /**
     * Sends this many arguments at a time: worth it where the function takes less than a tenth of a millisecond. A chunk
     * is one task: it has one deadline, and a crash costs all of it, as does an argument that the worker cannot read. An
     * exception, or an argument or result that cannot be sent, costs only its own.
     */
    @CheckReturnValue
    Results<R> chunk(int size);

    /**
     * Bounds the whole iteration, from its first step: after that it throws {@link TaskTimedOutException}, and what was
     * under way is {@link Outcome.TimedOut}; both say how far the map had come.
     */
    @CheckReturnValue
    Results<R> within(Duration timeout);

    /** The values; see above. */
    @Override
    Iterator<R> iterator();

    /** One outcome an argument. */
    Iterable<Outcome<R>> outcomes();

    /** All values. Throws as the iterator does. */
    default List<R> toList() {
        try (this) {
            var list = new ArrayList<R>();
            forEach(list::add);
            return list;
        }
    }

    @Override
    void close();
}
