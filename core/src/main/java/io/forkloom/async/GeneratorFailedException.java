package io.forkloom.async;

import org.jspecify.annotations.Nullable;

/** The body of a generator threw; what it threw is the cause. */
public final class GeneratorFailedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    GeneratorFailedException(@Nullable Throwable cause) {
        super("the generator failed: " + cause, cause);
    }
}
