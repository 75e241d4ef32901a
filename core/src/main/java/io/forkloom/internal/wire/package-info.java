/**
 * What stands on a link: frames of a fixed header and an opaque payload.
 *
 * <pre>
 *                     control: standard input, a pipe
 *        +--- Start ------------------------------------------------>+
 *   pool |                                                           | worker
 *        |<-------- Hello, Ready | StartFailed, Answer ... ----------+
 *        +--------- Hello' , Function, Call ... -------------------->+
 *        |<-------- Want ---------------------------------------------+
 *        +--------- Found ------------------------------------------>+
 *                     work: one Unix domain socket connection for each direction; Found on the way back of Want
 * </pre>
 *
 * Both ends run the same jar, so there is no negotiation: a version that does not match, an unknown kind or a length
 * out of bounds is a bug or an intruder, and ends the link.
 */
@NullMarked
package io.forkloom.internal.wire;

import org.jspecify.annotations.NullMarked;
