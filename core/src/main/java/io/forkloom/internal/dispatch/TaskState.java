package io.forkloom.internal.dispatch;

import io.forkloom.event.CrashReport;

/**
 * The life of a task, as a state machine without threads.
 *
 * <pre>
 *                Give                  Answer, Lose
 *    Waiting ----------> Given ---------------------------> Ended
 *       ^  |               | |                                ^
 *       |  |               | +-- Strike --> Struck -- Lose, --+
 *       |  |    Return     |     (started)           Abandon  |
 *       +--|---------------+                                  |
 *          +-- Strike ----------------------------------------+
 * </pre>
 *
 * From Struck on the end is decided: a late answer changes nothing, and the end is told when the worker is gone, so
 * that whoever hears of it knows that nothing runs any more. Ended is final.
 */
sealed interface TaskState {
    record Waiting() implements TaskState {}

    /** Sent to a worker, which may have turned to it or not. */
    record Given() implements TaskState {}

    /** Stopped while it ran; its worker is dying. */
    record Struck(Ending verdict) implements TaskState {}

    record Ended(Ending ending) implements TaskState {}

    sealed interface Event {
        record Give() implements Event {}

        record Answer(Ending answer) implements Event {}

        /** The worker never started it, and never will. */
        record Return() implements Event {}

        /** The worker is gone that had started it; the report also belongs to a verdict that was reached before. */
        record Lose(Ending ending, CrashReport report) implements Event {}

        /** Deadline or cancel; {@code started} as the worker's ledger says. */
        record Strike(boolean started, Ending verdict) implements Event {}

        /** The worker did not die in time: the verdict stands. */
        record Abandon() implements Event {}
    }

    default TaskState next(Event event) {
        return switch (this) {
            case Waiting() ->
                switch (event) {
                    case Event.Give() -> new Given();
                    case Event.Strike(var _, var verdict) -> new Ended(verdict);
                    default -> this;
                };
            case Given() ->
                switch (event) {
                    case Event.Answer(var answer) -> new Ended(answer);
                    case Event.Return() -> new Waiting();
                    case Event.Lose(var ending, var _) -> new Ended(ending);
                    case Event.Strike(var started, var verdict) -> started ? new Struck(verdict) : new Ended(verdict);
                    default -> this;
                };
            case Struck(var verdict) ->
                switch (event) {
                    case Event.Lose(var _, var report) -> new Ended(verdict.with(report));
                    case Event.Abandon() -> new Ended(verdict);
                    default -> this;
                };
            case Ended _ -> this;
        };
    }
}
