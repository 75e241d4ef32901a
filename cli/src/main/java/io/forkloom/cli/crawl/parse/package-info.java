/**
 * What a worker makes of a page.
 *
 * <pre>
 *   command                          | worker
 *   ParseFlags -> ParseOptions       |
 *       checks, Policy, class path   |
 *            |                       |
 *          Recipe, with each Page ---+--> Parsers --> Kinds, by name or MediaTypes --> a Parser
 *          (three short strings)     |       |                                           |
 *                                    |       +---- Reading: named fields, links <--------+
 *          Result <------------------+---- ResultJson: fields that are Wanted, as one line
 * </pre>
 *
 * <p>A recipe is taken apart once in a worker, not for each page. What a page is refused for is an
 * {@link io.forkloom.cli.crawl.parse.UnreadableException}; whatever else a parser throws costs the page as well.
 */
@NullMarked
package io.forkloom.cli.crawl.parse;

import org.jspecify.annotations.NullMarked;
