/**
 * Objects to bytes and back: the only package that reads objects from a stream.
 *
 * <pre>
 *   caller                                              worker
 *   function, arguments                                 function, arguments
 *        |  CallEncoder                                       ^  CallDecoder
 *        v                                                    |
 *   RemoteCall(function id, definition, payload) --- link --->+
 *                                                             | runs
 *   value or Failure <-------- link --------- payload <-------+  Values, Failures
 * </pre>
 *
 * A lambda or method reference is split: its <em>definition</em> (which method of which class) is sent once to each
 * worker and stands for itself by a number, its captured values travel with each call. Other functions are objects like
 * any argument.
 *
 * <p>An error says what could not cross, and names the field at fault: {@code FaultFinder} looks for it only after
 * something went wrong, so that the way that works pays nothing.
 */
@NullMarked
package io.forkloom.internal.codec;

import org.jspecify.annotations.NullMarked;
