/** Pools of worker processes and threads behind one interface. */
@NullMarked
package io.forkloom;

import org.jspecify.annotations.NullMarked;
