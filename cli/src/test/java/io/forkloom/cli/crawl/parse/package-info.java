/** Tests of the crawl. */
@NullMarked
package io.forkloom.cli.crawl.parse;

import org.jspecify.annotations.NullMarked;
