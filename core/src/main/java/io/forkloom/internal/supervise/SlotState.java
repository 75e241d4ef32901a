package io.forkloom.internal.supervise;

/**
 * A place in the pool, as a state machine without threads.
 *
 * <pre>
 *            Start            Ready
 *   Vacant --------> Starting -------> Serving
 *     ^                 |                 |
 *     +-- Gone, Condemned of the current generation
 *   any -- Close --> Closed
 * </pre>
 *
 * A condemned worker leaves its slot at once and dies outside of it, so its successor need not wait for the funeral.
 * Events of older generations change nothing.
 */
sealed interface SlotState {
    /** Generations are 16 bits in a frame's header. */
    int LAST_GENERATION = 0xFFFF;

    int generation();

    record Vacant(int generation) implements SlotState {}

    record Starting(int generation) implements SlotState {}

    record Serving(int generation) implements SlotState {}

    record Closed(int generation) implements SlotState {}

    sealed interface Event {
        record Start() implements Event {}

        record Ready(int generation) implements Event {}

        record Gone(int generation) implements Event {}

        record Condemned(int generation) implements Event {}

        record Close() implements Event {}
    }

    default SlotState next(Event event) {
        return switch (event) {
            case Event.Start() when this instanceof Vacant -> new Starting(generation() % LAST_GENERATION + 1);
            case Event.Ready(int of) when this instanceof Starting && of == generation() -> new Serving(of);
            case Event.Gone(int of) when isFilled() && of == generation() -> new Vacant(of);
            case Event.Condemned(int of) when isFilled() && of == generation() -> new Vacant(of);
            case Event.Close() -> new Closed(generation());
            default -> this;
        };
    }

    private boolean isFilled() {
        return this instanceof Starting || this instanceof Serving;
    }
}
