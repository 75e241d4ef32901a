/**
 * What has become of every input of a crawl, in SQLite beside the output: so that a crawl that was killed at any moment goes
 * on where it was.
 *
 * <pre>
 *   sources --add--> waiting --visit--> (in flight: still waiting here) --note--> done | failed | skipped
 *                       ^                                                   |
 *                       +------------------- links of a page ---------------+   one transaction, with
 *                                                                               the positions of the sinks
 * </pre>
 *
 * <p>Nothing is written for what is in flight: after a crash it is just waiting, and comes again. An end is noted together
 * with how far each output was when it had been flushed: so what an output has behind that comes again too.
 */
@NullMarked
package io.forkloom.cli.crawl.journal;

import org.jspecify.annotations.NullMarked;
