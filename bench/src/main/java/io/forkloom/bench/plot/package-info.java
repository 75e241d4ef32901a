/** Draws what the documents show: {@code make plots}. */
@NullMarked
package io.forkloom.bench.plot;

import org.jspecify.annotations.NullMarked;
