package io.forkloom.internal.supervise;

/**
 * A place for one worker, as a state machine without threads.
 *
 * <pre>
 *             Start            Ready             Retire
 *    Vacant --------> Starting -------> Serving --------> Retiring
 *    |  ^ ^              |                 |                 |
 * Rest  | +--------------+------ Gone -----+-----------------+
 *    v  | +--------------+--- Condemned ---+
 *  Resting
 *   any -- Close --> Closed                       Resting -- Rested --> Vacant
 * </pre>
 *
 * Serving is who is ready, a spare too. A condemned worker leaves its slot at once and dies outside of it, so its
 * successor need not wait for the funeral. One that retires keeps it until it has ended, so that there are never more
 * workers than slots. A slot rests after a failure. Events of older generations change nothing.
 */
sealed interface SlotState {
    /** Generations are 16 bits in a frame's header. */
    int LAST_GENERATION = 0xFFFF;

    int generation();

    record Vacant(int generation) implements SlotState {}

    record Resting(int generation) implements SlotState {}

    record Starting(int generation) implements SlotState {}

    record Serving(int generation) implements SlotState {}

    record Retiring(int generation) implements SlotState {}

    record Closed(int generation) implements SlotState {}

    sealed interface Event {
        record Start() implements Event {}

        record Ready(int generation) implements Event {}

        record Retire(int generation) implements Event {}

        record Gone(int generation) implements Event {}

        record Condemned(int generation) implements Event {}

        record Rest() implements Event {}

        record Rested() implements Event {}

        record Close() implements Event {}
    }

    default SlotState next(Event event) {
        return switch (event) {
            case Event.Start() when this instanceof Vacant -> new Starting(generation() % LAST_GENERATION + 1);
            case Event.Ready(int of) when this instanceof Starting && of == generation() -> new Serving(of);
            case Event.Retire(int of) when this instanceof Serving && of == generation() -> new Retiring(of);
            case Event.Gone(int of) when isFilled() && of == generation() -> new Vacant(of);
            case Event.Condemned(int of) when isManned() && of == generation() -> new Vacant(of);
            case Event.Rest() when this instanceof Vacant -> new Resting(generation());
            case Event.Rested() when this instanceof Resting -> new Vacant(generation());
            case Event.Close() -> new Closed(generation());
            default -> this;
        };
    }

    /** Whether there is a worker that works, or soon will. */
    default boolean isManned() {
        return this instanceof Starting || this instanceof Serving;
    }

    private boolean isFilled() {
        return isManned() || this instanceof Retiring;
    }
}
