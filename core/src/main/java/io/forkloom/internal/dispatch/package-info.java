/**
 * Decides which worker gets which task, and how each task ends.
 *
 * <pre>
 *   submit --> waiting (bounded) --> given to a worker --> answered ------------------+
 *                  |    ^                  |    |                                     v
 *                  |    +--- never started +    +-- deadline, cancel: worker killed   Ending, once
 *                  |         (worker gone, or   |                        |            ^
 *                  |          withdrawn)        +-- worker gone ---------+------------+
 *                  +-- cancel, close, broken -----------------------------------------+
 * </pre>
 *
 * A task is a {@link io.forkloom.internal.dispatch.TaskState}; one lock guards all tasks of a pool. Under the lock is
 * only decided, and calls are put in the order in which they go out; writing, killing and telling happens after it.
 * Each part of what is decided has an object of its own:
 *
 * <pre>
 *   Dispatcher: the lock  -->  Floor: from the acceptance of a task to its end
 *                                |-- Dealer                    which task goes to which worker
 *                                |-- WaitingRoom, Crew, Load   tasks that wait, workers and what each has
 *                                |-- Posts, Staff, Recycling   who serves, and how many there are to be
 *                                |-- Annex                     whether there is one that is larger than the others
 *                                |-- Clocks, Limits            when a time is over
 *                                |-- Endings, Tally            how a task ends, counted and told
 *                                +-- After                     what follows when the lock is free
 * </pre>
 *
 * Who of the workers serves and how many there are to be is decided here too, by {@link
 * io.forkloom.internal.dispatch.Staff}; the supervisor sees to it.
 * What a call is made of, and what an answer holds, is opaque here.
 */
@NullMarked
package io.forkloom.internal.dispatch;

import org.jspecify.annotations.NullMarked;
