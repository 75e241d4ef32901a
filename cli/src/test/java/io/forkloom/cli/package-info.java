/** Tests of the command. */
@NullMarked
package io.forkloom.cli;

import org.jspecify.annotations.NullMarked;
