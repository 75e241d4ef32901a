/**
 * Those we compare with: Python's pools, its loops, a server on them, and a C program with nothing but a socket. Each runs
 * in a process of its own that does one kind of work whenever it is told to. The programs are in {@code bench/peers}.
 */
@NullMarked
package io.forkloom.bench.peers;

import org.jspecify.annotations.NullMarked;
