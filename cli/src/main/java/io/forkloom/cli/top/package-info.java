/**
 * {@code forkloom top PID}: what a running program does, from outside.
 *
 * <pre>
 *   this process                                   the program
 *   ------------                                   -----------
 *   attach ---------------------------------------> starts its local management agent
 *   connect, create the bean SnapshotReport ------> found on its class path
 *   json(n), once a second -----------------------> Watch.snapshot
 *   Page: text for the terminal
 *   unregister, disconnect -----------------------> as before, but for the idle agent
 * </pre>
 */
@NullMarked
package io.forkloom.cli.top;

import org.jspecify.annotations.NullMarked;
