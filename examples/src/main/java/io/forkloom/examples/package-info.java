/**
 * One runnable program for each idea, a screen each; {@link io.forkloom.examples.Examples} lists them. A test runs every
 * one in a JVM of its own and compares what it prints, so they all print the same each time, save that
 *
 * <ul>
 *   <li>a line that begins with {@code time:} tells how long something took, and
 *   <li>neighbouring lines that begin with {@code *} were printed as results arrived, in whatever order.
 * </ul>
 */
@NullMarked
package io.forkloom.examples;

import org.jspecify.annotations.NullMarked;
