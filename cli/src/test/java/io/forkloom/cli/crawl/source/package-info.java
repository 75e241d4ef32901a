/** Tests of the crawl. */
@NullMarked
package io.forkloom.cli.crawl.source;

import org.jspecify.annotations.NullMarked;
