package io.forkloom.cli.advise;

import java.io.Serializable;

/**
 * How a function ran, called again and again by one thread; times are nanoseconds of one call.
 *
 * @param first of the first call of all, with the loading of classes
 * @param low a tenth of the calls was faster
 * @param high a tenth was slower
 * @param calls that these are the numbers of, after the warm-up
 * @param computing how much of the time the thread computed, not counting when all processors were busy; 0 to 1
 * @param elsewhere how much other threads of its JVM computed meanwhile, but for compiler and collector; 1 is one
 *     processor
 * @param allocated bytes of one call
 */
record Pace(
        double first,
        double median,
        double low,
        double high,
        long calls,
        double computing,
        double elsewhere,
        long allocated)
        implements Serializable {}
