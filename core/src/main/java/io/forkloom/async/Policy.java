package io.forkloom.async;

/** What the end of one subtask means to the others of its group. */
public enum Policy {
    /** The first failure cancels the others and wakes the owner; all errors are thrown together. */
    FAIL_FAST,
    /** A failure cancels nothing; when all have ended, all errors are thrown together. */
    COLLECT_ALL,
    /** The first value cancels the others; errors are thrown only where no subtask gave a value. */
    FIRST_SUCCESS,
    /**
     * A failure cancels nothing, and subtasks are handed to the owner as they end, by {@link TaskGroup#completed}. Thrown
     * are the errors of those that it has not taken.
     */
    AS_COMPLETED
}
