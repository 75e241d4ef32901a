package io.forkloom.cli.advise;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** What the command has run in a worker. What the user's code throws is told in words: its class is not the command's. */
final class Probe {
    /**
     * Of one call.
     *
     * @param nanos of the call, with the loading of classes
     * @param thrown empty where it returned
     */
    record First(double nanos, String thrown) implements Serializable {}

    /**
     * Of many calls.
     *
     * @param thrown empty where all returned; the numbers are null else
     */
    record Many(@Nullable Pace pace, Crossing.@Nullable Cost cost, String thrown) implements Serializable {}

    private Probe() {}

    static First once(Call call) {
        long from = System.nanoTime();
        try {
            var function = call.resolve();
            var _ = function.call(call.values(function));
            return new First(System.nanoTime() - from, "");
        } catch (Exception | LinkageError | AssertionError | StackOverflowError e) {
            return new First(System.nanoTime() - from, words(e));
        }
    }

    static Many often(Call call, double first, String heap, long budget) {
        try {
            var pace = new Bench(call).run(first, budget / 2);
            return new Many(pace, Crossing.measure(call, heap, budget / 2), "");
        } catch (Exception | LinkageError | AssertionError | StackOverflowError e) {
            return new Many(null, null, words(e));
        }
    }

    private static String words(Throwable thrown) {
        var cause =
                thrown instanceof ExceptionInInitializerError && thrown.getCause() != null ? thrown.getCause() : thrown;
        try {
            return cause.toString();
        } catch (RuntimeException e) { // code of the user's too
            return cause.getClass().getName();
        }
    }
}
