/**
 * Which input comes next: one whose host may be asked now, out of all that wait in the journal.
 *
 * <p>In memory are the hosts at work, at most {@link io.forkloom.cli.crawl.frontier.Frontier#ACTIVE}, each with the next few
 * of its inputs; the rest waits on the disk. Only the frontier decides who is in flight: the journal calls that waiting.
 */
@NullMarked
package io.forkloom.cli.crawl.frontier;

import org.jspecify.annotations.NullMarked;
