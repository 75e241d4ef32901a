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

    /** No switch over types, as in all that the first result waits for: they cost a start some ms. */
    default SlotState next(Event event) {
        if (event instanceof Event.Close) {
            return new Closed(generation());
        }
        if (event instanceof Event.Start && this instanceof Vacant) {
            return new Starting(generation() % LAST_GENERATION + 1);
        }
        if (event instanceof Event.Ready(int of) && this instanceof Starting && of == generation()) {
            return new Serving(of);
        }
        if (event instanceof Event.Retire(int of) && this instanceof Serving && of == generation()) {
            return new Retiring(of);
        }
        if (event instanceof Event.Gone(int of) && isFilled() && of == generation()) {
            return new Vacant(of);
        }
        if (event instanceof Event.Condemned(int of) && isManned() && of == generation()) {
            return new Vacant(of);
        }
        if (event instanceof Event.Rest && this instanceof Vacant) {
            return new Resting(generation());
        }
        if (event instanceof Event.Rested && this instanceof Resting) {
            return new Vacant(generation());
        }
        return this;
    }

    /** Whether there is a worker that works, or soon will. */
    default boolean isManned() {
        return this instanceof Starting || this instanceof Serving;
    }

    private boolean isFilled() {
        return isManned() || this instanceof Retiring;
    }
}
