/**
 * Measures the pools and the async side, beside their peers where they are asked for.
 *
 * <pre>
 *  Bench -- for each Measurement, in rounds -->  Session            ours: a pool of worker JVMs, warm
 *     |                                     \->  PeerProcess ...    a process that does the same work its own way
 *     |  medians of the rounds
 *     +--> Row, ratio rows --> Report           a table, or JSON lines
 * </pre>
 *
 * Ours and the peers take turns, so that what else the machine does hits all of them. Runs in a JVM with the flags that a
 * program of a user has: none.
 */
@NullMarked
package io.forkloom.bench;

import org.jspecify.annotations.NullMarked;
