package io.forkloom;

import io.forkloom.internal.dispatch.Pace;
import java.io.Serializable;
import java.util.Optional;
import java.util.function.Supplier;
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
     * @param name the function's name
     * @param site where it was made; slow, for failures only
     */
    record Crossing<C>(C call, long bytes, String name, Supplier<Optional<String>> site, Pace pace) {
        /** Told as another function, on whose behalf it is made. */
        Crossing<C> as(String otherName, Supplier<Optional<String>> otherSite) {
            return new Crossing<>(call, bytes, otherName, otherSite, pace);
        }
    }

    /** On the submitter's thread. Throws {@link SerialisationException}. */
    Crossing<C> cross(Serializable function, @Nullable Object... arguments);

    /** On the thread that asks for the result. Throws {@link SerialisationException}. */
    @Nullable
    Object value(@Nullable Object payload, String name);

    Throwable failure(@Nullable Object payload);
}
