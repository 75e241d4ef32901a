@NullMarked
package io.forkloom.bench.crawl;

import org.jspecify.annotations.NullMarked;
