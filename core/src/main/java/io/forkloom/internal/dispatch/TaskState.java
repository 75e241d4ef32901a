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
    /** No switches over types: they cost some ms, for which the first result would wait. */
    TaskState next(Event event);

    record Waiting() implements TaskState {
        @Override
        public TaskState next(Event event) {
            if (event instanceof Event.Give) {
                return new Given();
            }
            return event instanceof Event.Strike strike ? new Ended(strike.verdict) : this;
        }
    }

    /** Sent to a worker, which may have turned to it or not. */
    record Given() implements TaskState {
        @Override
        public TaskState next(Event event) {
            if (event instanceof Event.Answer(var answer)) {
                return new Ended(answer);
            }
            if (event instanceof Event.Return) {
                return new Waiting();
            }
            if (event instanceof Event.Lose lost) {
                return new Ended(lost.ending);
            }
            if (event instanceof Event.Strike strike) {
                return strike.started ? new Struck(strike.verdict) : new Ended(strike.verdict);
            }
            return this;
        }
    }

    /** Stopped while it ran; its worker is dying. */
    record Struck(Ending verdict) implements TaskState {
        @Override
        public TaskState next(Event event) {
            if (event instanceof Event.Lose lost) {
                return new Ended(verdict.with(lost.report));
            }
            return event instanceof Event.Abandon ? new Ended(verdict) : this;
        }
    }

    record Ended(Ending ending) implements TaskState {
        @Override
        public TaskState next(Event event) {
            return this;
        }
    }

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
}
