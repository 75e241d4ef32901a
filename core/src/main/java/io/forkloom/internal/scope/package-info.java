/**
 * Cancellation as a level: what was cancelled stays so, and whoever waits there, now or later, hears of it.
 *
 * <pre>
 *   Scope          a group, a time limit, a shield; a tree, whose parent is the scope in which it was opened
 *     ^  ^
 *     |  | innermost                     cancel(reason) sets the level, then interrupts the members of
 *     |  |                               the scope and of all below it that no shield covers
 *   Member         a thread in scopes    Scopes.check() is asked by every wait of ours: it throws
 *                                        while a scope around the thread is cancelled
 * </pre>
 *
 * <p>The interrupt is only what wakes a thread up: where it is swallowed, or hits nothing, the level is still there.
 */
@NullMarked
package io.forkloom.internal.scope;

import org.jspecify.annotations.NullMarked;
