package io.forkloom.pipeline;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** One step of a pipeline, as it was described. */
sealed interface Step permits Stage, Step.Batching, Step.Branching {

    /** Of what has counts of its own, in their order in the account. */
    Stream<String> names();

    /**
     * Makes batches.
     *
     * @param room how many items may wait before it
     * @param linger how long the first of a batch that is not full waits for others
     */
    record Batching(int size, Duration linger, int room) implements Step {
        static final String NAME = "batch";

        public Batching {
            if (size < 1) {
                throw new IllegalArgumentException("a batch of " + size + " could never take an item");
            }
            if (linger.isNegative()) {
                throw new IllegalArgumentException("a linger of " + linger + " is negative");
            }
        }

        @Override
        public Stream<String> names() {
            return Stream.of(NAME);
        }
    }

    /** The last: each item goes into all of these. */
    record Branching(List<List<Step>> branches) implements Step {
        public Branching {
            if (branches.isEmpty()) {
                throw new IllegalArgumentException("toAll() has no branch for its items to go to");
            }
        }

        @Override
        public Stream<String> names() {
            return branches.stream().flatMap(List::stream).flatMap(Step::names);
        }
    }
}
