/**
 * Stages that wait and stages that compute, with bounded channels between them and an exact account at the end.
 *
 * <pre>
 *             conductor: one virtual thread; opens the group, forks all below, joins, closes
 *                 |
 *   source --&gt; reader --&gt; Inlet --&gt; stage "fetch" --&gt; Inlet --&gt; stage "parse" --&gt; All ---&gt; Inlet --&gt; stage "index" --&gt; Done
 *              read + 1             64 units                    4 units            |
 *                                   one virtual thread each     each waits in      +-&gt; Inlet --&gt; batch --&gt; Inlet --&gt; "store"
 *                                      |                        pool.call          |             1 thread               |
 *                                      |                           |               done + 1 when all have it &lt;-----------+
 *                                      +--- threw: OnError --------+--- again, skipped + 1, dead + 1, or the run fails
 * </pre>
 *
 * <p>The <b>reader</b> iterates the source and counts what it reads. A <b>unit</b> is one of a stage's virtual threads:
 * it receives an item from the stage's inlet, which is a channel, applies the function, sends the result into the outlet, and
 * then takes the next; so a full inlet holds up the units before it, in the end the reader, and the whole run holds a bounded
 * number of items. Units of an ordered stage take and give through its <b>Order</b>, a window in which the results wait for
 * their turn.
 *
 * <p>An item carries its <b>origins</b>, the items of the source that are in it: one, or those of its batch. An origin knows
 * how many ways it goes, and is counted when the last of them has ended, so once, and not at all if one never does.
 *
 * <p><b>The end</b> comes from the source: the reader closes the first inlet, the last unit of a stage those behind it.
 * <b>Failure</b>: the unit's exception cancels the group. <b>Cancel</b>: an interrupt of the conductor, which closes the
 * group. Either way all threads end, and whatever was read and has not come to another end is cancelled.
 */
@NullMarked
package io.forkloom.pipeline;

import org.jspecify.annotations.NullMarked;
