package io.forkloom;

import io.forkloom.internal.codec.CallKind;
import io.forkloom.internal.codec.Shape;
import io.forkloom.internal.dispatch.Pace;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * How tasks and what they give cross to the workers of a pool: as bytes, or as they are.
 *
 * @param <C> what a call looks like on the other side
 */
interface Border<C> {
    /**
     * A task made ready to cross.
     *
     * @param bytes what it holds while it waits
     */
    record Crossing<C>(C call, long bytes, Shape shape, Pace pace) {}

    /** On the submitter's thread. Throws {@link SerialisationException}. */
    Crossing<C> cross(CallKind kind, Serializable function, @Nullable Object... arguments);

    /** As {@link #cross}, for a submitter that waits for the end and leaves its arrays alone until then. */
    default Crossing<C> lend(CallKind kind, Serializable function, @Nullable Object... arguments) {
        return cross(kind, function, arguments);
    }

    /**
     * On the thread that asks for the result. Throws {@link SerialisationException}.
     *
     * @param what the result is for the user
     */
    @Nullable
    Object value(@Nullable Object payload, String what);

    Throwable failure(@Nullable Object payload);

    /** A value for all tasks that cross. Throws {@link SerialisationException}, {@link PoolClosedException}. */
    <T extends @Nullable Object> Broadcast<T> broadcast(T value);

    /** Nothing crosses any more: lets go of what was broadcast. */
    void close();
}
