/**
 * The command {@code forkloom}: options and exit codes, {@code run} and {@code example}; {@code crawl} has a package of
 * its own. Signals and {@code System.exit} are handled here and nowhere below.
 */
@NullMarked
package io.forkloom.cli;

import org.jspecify.annotations.NullMarked;
