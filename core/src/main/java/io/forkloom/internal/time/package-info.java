/** The only place that reads a clock or sleeps; whoever needs time is handed it, so that tests need not wait. */
@NullMarked
package io.forkloom.internal.time;

import org.jspecify.annotations.NullMarked;
