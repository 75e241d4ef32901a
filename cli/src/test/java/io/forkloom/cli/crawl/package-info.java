/** Tests of the crawl. */
@NullMarked
package io.forkloom.cli.crawl;

import org.jspecify.annotations.NullMarked;
