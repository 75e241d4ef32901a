/**
 * Keeps the slots of a pool filled with workers.
 *
 * <pre>
 *   dispatcher --fill, retire,---> Supervisor --spawn--> Worker (one keeper thread each) --> process or thread
 *        ^    condemn, close          |   ^                   |
 *        +------- Listener -----------+   +---- ready, gone --+
 *        +------------------- answered -----------------------+
 * </pre>
 *
 * One thread, the keeper, tells the whole story of a worker: it starts the process, meets it, reads what it sends, and
 * buries it when it is gone. The supervisor has no thread: it is a lock around slots ({@link
 * io.forkloom.internal.supervise.Slots}) and a budget of restarts, driven by the keepers. Lock order: the
 * dispatcher's before the supervisor's; the supervisor calls its listener without holding its own.
 */
@NullMarked
package io.forkloom.internal.supervise;

import org.jspecify.annotations.NullMarked;
