/**
 * {@code forkloom advise}: measures one function of the user's and says which model to run it by.
 *
 * <pre>
 *  command                     a worker                              a worker of that worker
 *  -------                     --------                              -----------------------
 *  Finder: looks the method
 *  up, runs nothing of it
 *  Measuring  ------------->   Probe: one call; may crash, exit,
 *                              hang or fill the memory
 *             ------------->   Bench: calls it again and again
 *                              Crossing, the user's program in
 *                              small: opens a pool  -------------->  the same call, and the same
 *                                                                    bytes without computing
 *  Advisor: decides   <------  Pace, Crossing.Cost
 *  AdviceReport: tells
 * </pre>
 *
 * No code of the user's runs in the command's own JVM, and no object of the user's comes to it: what comes back are the
 * records of this package.
 */
@NullMarked
package io.forkloom.cli.advise;

import org.jspecify.annotations.NullMarked;
