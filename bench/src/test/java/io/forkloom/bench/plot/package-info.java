/** Tests of the measurements: that they give something sane, never how much. */
@NullMarked
package io.forkloom.bench.plot;

import org.jspecify.annotations.NullMarked;
