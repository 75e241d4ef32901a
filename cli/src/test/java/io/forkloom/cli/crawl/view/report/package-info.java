/** Tests of the crawl. */
@NullMarked
package io.forkloom.cli.crawl.view.report;

import org.jspecify.annotations.NullMarked;
