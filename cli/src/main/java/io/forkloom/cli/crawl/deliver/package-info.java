/** Where results go: one {@link io.forkloom.cli.crawl.deliver.Sink} for each place. */
@NullMarked
package io.forkloom.cli.crawl.deliver;

import org.jspecify.annotations.NullMarked;
