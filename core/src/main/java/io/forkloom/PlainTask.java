package io.forkloom;

import io.forkloom.internal.codec.Shape;
import java.io.Serializable;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** Functions of the JDK's types as tasks; they cross to another JVM where they happen to be serialisable. */
sealed interface PlainTask<R extends @Nullable Object> extends Task<R> {

    // The components' types are interfaces that need not be serialisable: whoever sends them finds out.
    record OfCallable<R extends @Nullable Object>(Callable<R> callable) implements PlainTask<R> {
        @Override
        public R call() throws Exception {
            return callable.call();
        }
    }

    /**
     * An action, and what it gives.
     *
     * @param result crosses with the action, so that it brings along what the action has put into it
     */
    record OfRunnable<R extends @Nullable Object>(Runnable action, R result) implements PlainTask<R> {
        @Override
        public R call() {
            action.run();
            return result;
        }
    }

    /** What such a function is called: {@code a lambda in Main}. */
    static String name(Object function) {
        String name = Shape.of(function).name();
        int lambda = name.indexOf("$$Lambda");
        return lambda < 0 ? name : "a lambda in " + name.substring(0, lambda);
    }

    /** Why such a function cannot be sent, and what to do instead. */
    static String refusal(Serializable function, SerialisationException problem) {
        String advice = switch (function) {
            case OfCallable<?>(var callable) -> advice(callable);
            case OfRunnable<?>(var action, var _) -> advice(action);
            default -> "";
        };
        return advice + problem.getMessage();
    }

    private static String advice(Object function) {
        String type = function.getClass().getName();
        return type.startsWith("java.util.concurrent.CompletableFuture$")
                ? "CompletableFuture wraps its function in an object that cannot be sent to a worker: in place of"
                        + " supplyAsync(…, executor) write executor.submit(() -> …).toCompletableFuture(). "
                : name(function) + " is a " + (function instanceof Callable<?> ? "Callable" : "Runnable")
                        + " that cannot be sent to a worker: write executor.submit(() -> …), or make it a Task or a"
                        + " TaskAction, of what can be serialised. ";
    }
}
