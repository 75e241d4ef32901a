package io.forkloom;

import io.forkloom.internal.codec.CallKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a worker does before its first task; gives the state that it keeps.
 *
 * @param initializers run first
 * @param states each makes a part of the state
 */
record Preparation(List<TaskAction> initializers, List<Task<?>> states) implements Task<List<Object>> {
    @Override
    public List<Object> call() throws Exception {
        for (var initializer : initializers) {
            initializer.act();
        }
        var made = new ArrayList<Object>();
        for (var state : states) {
            made.add(checked(state.call()));
        }
        return made;
    }

    /** Made ready to cross; empty where there is nothing to do. A single function goes as any that is submitted. */
    static <C> Optional<C> cross(Border<C> border, Optional<TaskAction> initializer, List<Task<?>> states) {
        if (states.isEmpty()) {
            return initializer.isPresent()
                    ? Optional.of(
                            border.cross(CallKind.ACTION, initializer.get()).call())
                    : Optional.empty();
        }
        Task<?> preparation = states.size() == 1 && initializer.isEmpty()
                ? states.getFirst()
                : new Preparation(initializer.stream().toList(), List.copyOf(states));
        return Optional.of(border.cross(CallKind.TASK, preparation).call());
    }

    /** In the worker: the state of what it was sent, and what that gave. */
    static List<Object> state(CallKind kind, Object function, @Nullable Object value) {
        if (kind == CallKind.ACTION) {
            return List.of();
        }
        return function instanceof Preparation && value instanceof List<?> several
                ? List.copyOf(several)
                : List.of(checked(value));
    }

    private static Object checked(@Nullable Object value) {
        return Objects.requireNonNull(value, "a state of the worker is null: what makes it must give an object");
    }
}
