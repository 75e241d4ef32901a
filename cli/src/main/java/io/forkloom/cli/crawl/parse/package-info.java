/** What runs in the workers: the content of a page in, one {@link io.forkloom.cli.crawl.parse.Result} out. */
@NullMarked
package io.forkloom.cli.crawl.parse;

import org.jspecify.annotations.NullMarked;
