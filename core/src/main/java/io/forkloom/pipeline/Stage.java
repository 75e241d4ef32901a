package io.forkloom.pipeline;

import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A step that does something with each item. */
record Stage(String name, Bounds bounds, StageFunction<@Nullable Object, @Nullable Object> function, OnError policy)
        implements Step {

    /**
     * How much a stage holds.
     *
     * @param limit how many items it works on at the same time
     * @param room how many may wait before it
     * @param window how many it may have in all, if it keeps their order: worked on, or waiting for an earlier one; 0 if not
     */
    record Bounds(int limit, int room, int window) {
        Bounds withWindow(int other) {
            return new Bounds(limit, room, other);
        }
    }

    Stage {
        if (bounds.limit < 1) {
            throw new IllegalArgumentException(
                    "stage " + name + " has a limit of " + bounds.limit + ": it needs at least 1");
        }
    }

    // Pipeline's signatures have made sure that each stage takes what the one before gives.
    @SuppressWarnings("unchecked")
    static Stage of(String name, Bounds bounds, StageFunction<?, ?> function, OnError policy) {
        return new Stage(name, bounds, (StageFunction<@Nullable Object, @Nullable Object>) function, policy);
    }

    Stage with(OnError other) {
        return new Stage(name, bounds, function, other);
    }

    Stage ordered(int window) {
        if (window < bounds.limit) {
            throw new IllegalArgumentException("stage " + name + " has a limit of " + bounds.limit
                    + ", and a window of " + window + " would not let it work on as many: give it at least that");
        }
        return new Stage(name, bounds.withWindow(window), function, policy);
    }

    boolean isOrdered() {
        return bounds.window > 0;
    }

    @Override
    public Stream<String> names() {
        return Stream.of(name);
    }
}
