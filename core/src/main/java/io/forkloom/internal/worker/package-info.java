/**
 * What runs in a worker process.
 *
 * <pre>
 *   standard input --Start--> WorkerThread --connect--> link
 *        |                     |
 *        | end of file         +-- initialiser, Ready
 *        v                     +-- for each Call: claim in the ledger, decode, run, Answer
 *   Lifeline thread:
 *   kill children, halt
 *
 *   a class that is missed, on any thread --> ProgramClassLoader --> Inquiry thread --Want, Found--> the pool
 * </pre>
 *
 * Tasks run on the worker's one thread, one after the other: what the link delivers next is read only when an answer is
 * written, so the first unanswered call is the one that runs. Nothing here is used by the program that owns the pool.
 */
@NullMarked
package io.forkloom.internal.worker;

import org.jspecify.annotations.NullMarked;
