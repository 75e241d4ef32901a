/** Tests of the crawl. */
@NullMarked
package io.forkloom.cli.crawl.fetch;

import org.jspecify.annotations.NullMarked;
