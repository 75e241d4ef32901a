/**
 * Waiting, structured: groups of virtual threads, and bounded channels between them.
 *
 * <pre>
 *   owner                          one virtual thread each
 *   -----                          -----------------------
 *   TaskGroup.open
 *      | fork ------------------&gt;  subtask 1 --- send ---&gt; +---------+
 *      | fork ------------------&gt;  subtask 2 --- send ---&gt; | Channel | --- receive ---&gt; subtask 3
 *      |                              |                    +---------+
 *      |                              | first failure: kept, and its thread
 *      |                              v interrupts all the others
 *      | join  &lt;--- all ended --- errors: the first is the cause, the rest are suppressed
 *      | close &lt;--- interrupts what still runs; afterwards no thread is left
 * </pre>
 *
 * <p>The <b>owner</b> is the thread that opened a group; it alone joins and closes. A <b>subtask</b> may fork more
 * subtasks and may cancel the group. A <b>channel</b> belongs to nobody: whoever sends last closes it, and a receiver
 * sees the end, or the error, once it has received the rest. Cancelling is always an interrupt, so it reaches whatever
 * a subtask waits for: a channel, a socket, a nested group, or {@code pool.call}, which then cancels its task.
 *
 * <h2>Moving and guarding</h2>
 *
 * <pre>
 *   Channel     Passage: a ring, a lock at each end, and who waits there      Select: in the queues of several channels
 *   Generator   a body on a thread and in a scope of its own, behind a channel
 *   Limiter     permits, and who has them       RateLimiter   TokenBucket: time that is saved, and spent
 *   NamedLock   owner and line                  LockOrder     which was taken after which; who waits for whom
 *
 *   all wait as a Party, at a Place, in Places: in turn, to be claimed by who serves them, or to withdraw
 * </pre>
 *
 * <p>What the JDK has is not wrapped: {@link java.util.concurrent.Semaphore} and
 * {@link java.util.concurrent.locks.ReentrantLock} where nobody will ask who has them,
 * {@link java.util.concurrent.CountDownLatch} and {@link java.util.concurrent.Phaser} for threads that wait for each other,
 * {@link java.util.concurrent.Exchanger} for two that swap, {@link java.util.concurrent.locks.ReentrantReadWriteLock} and
 * {@link java.util.concurrent.locks.Condition}. Their waits are ended by the interrupt of a cancelled scope; those of
 * this package also hear of it when they begin later.
 */
@NullMarked
package io.forkloom.async;

import org.jspecify.annotations.NullMarked;
