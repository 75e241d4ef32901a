package io.forkloom.pipeline;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One step of a pipeline, as it was described.
 *
 * @param limit how many items it works on at the same time
 * @param onError its own policy; the pipeline's where it is empty
 */
record Stage(
        String name, int limit, StageFunction<@Nullable Object, @Nullable Object> function, Optional<OnError> onError) {

    Stage {
        if (limit < 1) {
            throw new IllegalArgumentException("stage " + name + " has a limit of " + limit + ": it needs at least 1");
        }
    }

    // Pipeline's signatures have made sure that each stage takes what the one before gives.
    @SuppressWarnings("unchecked")
    static Stage of(String name, int limit, StageFunction<?, ?> function) {
        return new Stage(name, limit, (StageFunction<@Nullable Object, @Nullable Object>) function, Optional.empty());
    }

    Stage with(OnError policy) {
        return new Stage(name, limit, function, Optional.of(policy));
    }
}
