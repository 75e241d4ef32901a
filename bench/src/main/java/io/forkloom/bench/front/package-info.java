/**
 * A server with requests that compute, and one that asks it for nothing meanwhile (A3).
 *
 * <pre>
 *  this JVM                            a JVM of its own, or Python
 *  Front --> Load -- 100 x /cpu -----> FrontServer --> inline | ThreadPool | ProcessPool --> worker JVMs
 *                 -- /ping, each 20 ms ->
 * </pre>
 *
 * The same client measures both sides.
 */
@NullMarked
package io.forkloom.bench.front;

import org.jspecify.annotations.NullMarked;
