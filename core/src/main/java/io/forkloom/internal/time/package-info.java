/** The only place that reads a clock or sleeps; everything else is told the time. */
@NullMarked
package io.forkloom.internal.time;

import org.jspecify.annotations.NullMarked;
