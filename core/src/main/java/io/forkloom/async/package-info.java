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
 */
@NullMarked
package io.forkloom.async;

import org.jspecify.annotations.NullMarked;
