/**
 * {@code forkloom crawl}: fetch, parse, deliver.
 *
 * <pre>
 *   Sources ----> Fetcher ------------> Parsers ------------> Delivery ----> OUT
 *   lazy, one     64 virtual threads,   worker processes:     JSON lines,
 *   at a time     4 a host; bodies      a crash, a loop or    renamed at
 *                 within MemoryBudget   a full heap costs     the end
 *                      |                one page
 *                      |                    |
 *                      +------ dead --------+------------> Failures ----> OUT.failed.jsonl
 * </pre>
 *
 * <p>Nothing is collected: what is in memory is what is under way, and that is bounded by the number of fetches, by
 * {@link io.forkloom.cli.crawl.MemoryBudget} and by the queue of the pool.
 */
@NullMarked
package io.forkloom.cli.crawl;

import org.jspecify.annotations.NullMarked;
