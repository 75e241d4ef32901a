/** Tests of the crawl. */
@NullMarked
package io.forkloom.cli.crawl.journal;

import org.jspecify.annotations.NullMarked;
