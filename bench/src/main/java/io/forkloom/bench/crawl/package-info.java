/**
 * The whole command {@code forkloom crawl}, from its start to its exit, beside a Python program that does the same: the same
 * pages, from the same server on this machine.
 */
@NullMarked
package io.forkloom.bench.crawl;

import org.jspecify.annotations.NullMarked;
