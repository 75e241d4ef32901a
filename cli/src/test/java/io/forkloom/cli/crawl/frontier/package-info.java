/** Tests of the crawl. */
@NullMarked
package io.forkloom.cli.crawl.frontier;

import org.jspecify.annotations.NullMarked;
