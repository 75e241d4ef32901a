/**
 * Stages that wait and stages that compute, with bounded channels between them and an exact account at the end.
 *
 * <pre>
 *             conductor: one virtual thread; opens the group, forks all below, joins, closes
 *                 |
 *   source --&gt; reader --&gt; Channel --&gt; stage "fetch" --&gt; Channel --&gt; stage "parse" --&gt; Channel --&gt; stage "store"
 *              read + 1               64 units                      4 units                      16 units
 *                                     one virtual thread each       each waits in pool.call      done + 1
 *                                        |                             |                            |
 *                                        +--- threw: OnError --- again, skipped + 1, dead + 1, or the run fails
 * </pre>
 *
 * <p>The <b>reader</b> iterates the source and counts what it reads. A <b>unit</b> is one of a stage's virtual threads:
 * it receives an item, applies the function, sends the result on, and then takes the next; so a full channel holds up
 * the units before it, in the end the reader, and the whole run holds a bounded number of items. An item has one holder
 * at any time, and only the holder counts its end.
 *
 * <p><b>The end</b> comes from the source: the reader closes the first channel, the last unit of a stage closes the
 * channel behind it. <b>Failure</b>: the unit's exception cancels the group. <b>Cancel</b>: an interrupt of the
 * conductor, which closes the group. Either way all threads end, and whatever was read and has not come to another end
 * is cancelled.
 */
@NullMarked
package io.forkloom.pipeline;

import org.jspecify.annotations.NullMarked;
