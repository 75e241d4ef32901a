/** Gets the content of an input, from the web or from a file: bounded in time, size, memory and in what one host is asked for. */
@NullMarked
package io.forkloom.cli.crawl.fetch;

import org.jspecify.annotations.NullMarked;
