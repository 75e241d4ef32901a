/** The only place that makes platform threads. */
@NullMarked
package io.forkloom.internal.thread;

import org.jspecify.annotations.NullMarked;
