/** Forkloom testkit. */
@NullMarked
package io.forkloom.testkit;

import org.jspecify.annotations.NullMarked;
