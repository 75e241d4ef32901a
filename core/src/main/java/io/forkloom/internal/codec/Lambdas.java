package io.forkloom.internal.codec;

import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.lang.invoke.SerializedLambda;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Takes lambdas and method references apart and puts them together again. */
final class Lambdas {
    private Lambdas() {}

    /** The parts of a serialisable lambda; empty for an object of an ordinary class. */
    static Optional<SerializedLambda> parts(Object function) throws IOException {
        if (!function.getClass().isSynthetic()) {
            return Optional.empty();
        }
        try (var catcher = new Catcher()) {
            catcher.writeObject(function);
            return Optional.ofNullable(catcher.caught);
        }
    }

    /** The function of these parts; its capturing class is asked, as java.io does it. */
    static Object rebuild(Definition definition, Class<?> capturingClass, @Nullable Object[] captured)
            throws ReflectiveOperationException {
        var rebuild = capturingClass.getDeclaredMethod("$deserializeLambda$", SerializedLambda.class);
        rebuild.setAccessible(true);
        return rebuild.invoke(null, definition.with(capturingClass, captured));
    }

    /**
     * A lambda's parts come out of its private {@code writeReplace}. A stream may call that, whatever module the lambda
     * is in, and hands the result to {@code replaceObject}: so no {@code --add-opens} is ever needed.
     */
    private static final class Catcher extends ObjectOutputStream {
        private @Nullable SerializedLambda caught;

        Catcher() throws IOException {
            super(OutputStream.nullOutputStream());
            enableReplaceObject(true);
        }

        @Override
        protected @Nullable Object replaceObject(Object object) {
            if (object instanceof SerializedLambda lambda && caught == null) {
                caught = lambda;
            }
            return null; // the captured values are not written here, so they cannot fail here
        }
    }
}
