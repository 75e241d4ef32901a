/** Forkloom cli. */
@NullMarked
package io.forkloom.cli;

import org.jspecify.annotations.NullMarked;
