/**
 * {@code forkloom crawl}: fetch, parse, deliver; and go on after whatever has ended it.
 *
 * <pre>
 *   Sources --Feed--> journal <------------------ ends, links, positions ------------------+
 *   lazy, one         SQLite                                                               |
 *   at a time           |                                                                  |
 *                    Frontier --visit--> Fetcher -------> Parsers ---------> Committer ----+
 *                    whose host may      64 virtual       worker JVMs:       one thread:
 *                    be asked now        threads; bodies  a crash, a loop    a batch to all
 *                       ^                within Memory-   or a full heap     Sinks, flushed
 *                       |                Budget           costs one page       |
 *                       +---- again -------+                                   +--> OUT.part, tables,
 *                                                                                   folders, servers
 * </pre>
 *
 * <p>{@link io.forkloom.cli.crawl.Stages} is the way of one input. Nothing is collected: what is in memory is what is under way,
 * and that is bounded by the number of fetches, by {@link io.forkloom.cli.crawl.fetch.MemoryBudget}, by the queue of the pool
 * and by the bytes that the committer takes. Threads: the pipeline's virtual ones, the committer's, two virtual ones of the feed,
 * a sampler and the progress line.
 *
 * <p><b>The end.</b> Every input has ended and is noted; the failures' file is written from the journal; the outputs get their
 * names; the journal says so. A crash between any two of these is gone on with like any other.
 */
@NullMarked
package io.forkloom.cli.crawl;

import org.jspecify.annotations.NullMarked;
