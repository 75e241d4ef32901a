/**
 * What pools tell the flight recorder of the JDK, where there is one and it is on.
 *
 * <pre>
 *   pool's events --> FlightLog --- recorder not there, or never on: nothing is loaded, nothing is done
 *                        |
 *                        +--------> FlightEvents: io.forkloom.Task, WorkerStart, WorkerEnd, Pool
 * </pre>
 */
@NullMarked
package io.forkloom.internal.flight;

import org.jspecify.annotations.NullMarked;
