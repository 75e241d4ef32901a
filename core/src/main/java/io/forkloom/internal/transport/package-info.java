/**
 * The connection between a pool and one worker, and the page of memory that outlives the worker.
 *
 * <pre>
 *   pool                                                   worker
 *   any thread --enqueue,flush--> FrameWriter ==socket==> FrameReader --> worker thread
 *   reader thread <-------------- FrameReader <=socket=== FrameWriter <-- worker thread
 *   desk -------------------> FrameWriter ==socket==> FrameReader --> inquiry, what it asked for: the second one's way back
 *   keeper, afterwards <-- Outbox: answers that were not sent ----------- Answers <-- worker thread, courier
 *   dispatcher <------- Ledger: which calls were started, how it ends --- worker thread, shutdown hook
 * </pre>
 *
 * Two connections, because of three facts: a thread that blocks in a channel and is interrupted closes it, so callers
 * may only write to a channel in non-blocking mode; a platform thread in a plain blocking read is woken fastest, so
 * the channel that is read is in blocking mode; and a channel has one mode. It also makes the deadlock of two writers
 * with full buffers impossible: the pool's reader never writes in a way that can block.
 *
 * <p>{@code Rendezvous} is the only part that touches the file system, and nothing of it is left once a worker has
 * connected.
 */
@NullMarked
package io.forkloom.internal.transport;

import org.jspecify.annotations.NullMarked;
