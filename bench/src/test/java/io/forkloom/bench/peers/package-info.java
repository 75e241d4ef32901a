/** Tests of the measurements: that they give something sane, never how much. */
@NullMarked
package io.forkloom.bench.peers;

import org.jspecify.annotations.NullMarked;
