/** Tests of the crawl. */
@NullMarked
package io.forkloom.cli.crawl.deliver;

import org.jspecify.annotations.NullMarked;
