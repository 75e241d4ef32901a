/**
 * Names the function that holds up all virtual threads, while it does.
 *
 * <pre>
 *   watch's thread (platform)                            virtual threads
 *   -------------------------                            ---------------
 *   every 25 to 100 ms: are all carriers in use?
 *     no  --> nothing
 *     yes --> unpark ------------------------------------> canary: notes the time, parks
 *   10 ms later: has it answered?
 *     yes --> nothing
 *     no  --> look who is mounted (Carriers), every 10 ms, and keep what the looks have in common (Sighting)
 *   at the limit, same thread all the time, not the collector (Pauses), not the machine (schedstat):
 *             Blocked ---> Herald's thread: log, listeners, flight recorder
 *             Rescue: one carrier more
 *   the canary has answered, or it is gone: Freed; the carriers are as many as before
 * </pre>
 *
 * <p>A watch sees only what holds up everybody: with a carrier free, others run, and there is nothing to tell.
 */
@NullMarked
package io.forkloom.watch;

import org.jspecify.annotations.NullMarked;
