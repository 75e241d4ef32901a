package io.forkloom.internal.supervise;

import io.forkloom.event.PoolEvent;
import java.util.function.Consumer;

/** Whoever is told the events of a pool. */
@FunctionalInterface
public interface Audience extends Consumer<PoolEvent> {
    /** Whether anybody listens: where not, events that cost something need not be made. */
    default boolean isHeard() {
        return true;
    }
}
