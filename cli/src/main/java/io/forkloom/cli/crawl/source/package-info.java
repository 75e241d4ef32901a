/** What to crawl: what the user named, read lazily, one input at a time. */
@NullMarked
package io.forkloom.cli.crawl.source;

import org.jspecify.annotations.NullMarked;
