/**
 * Where results go: one {@link io.forkloom.cli.crawl.deliver.Sink} for each place.
 *
 * <pre>
 *   --to ...  --->  Targets  --- open at the journal's positions --->  Sinks
 *                   checked before                                       |
 *                   work starts          a batch, on one thread:         |  1. what can refuse a result   HttpSink
 *                                                                        |  2. the others, less those     LineSink, TableSink,
 *                                                                        |                                FolderSink, StreamSink
 *                                                                        |  3. flush: positions
 *                                                                        v
 *                                        journal: the batch's inputs and the positions in one transaction
 * </pre>
 *
 * <p>A crash between any two of these steps costs nothing: the batch that the journal does not know of comes again. What was
 * appended of it stands behind the last position that the journal has, and is cut off; what is stored by key is replaced; a
 * server sees the same {@code Idempotency-Key} again.
 */
@NullMarked
package io.forkloom.cli.crawl.deliver;

import org.jspecify.annotations.NullMarked;
