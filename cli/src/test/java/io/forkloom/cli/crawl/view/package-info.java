/** Tests of the crawl. */
@NullMarked
package io.forkloom.cli.crawl.view;

import org.jspecify.annotations.NullMarked;
