/** Tests of the crawl. */
@NullMarked
package io.forkloom.cli.crawl.config;

import org.jspecify.annotations.NullMarked;
