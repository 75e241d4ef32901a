package io.forkloom.internal.codec;

import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.SerializedLambda;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What all functions of one class have in common. A lambda expression has a class of its own, so a shape is found by
 * class, and is gone with it.
 */
public final class Shape {
    private static final Object[] NOTHING = {};
    private static final AtomicLong NUMBERS = new AtomicLong();
    private static final ClassValue<Holder> HOLDERS = new ClassValue<>() {
        @Override
        protected Holder computeValue(Class<?> type) {
            return new Holder();
        }
    };

    private final Class<?> type;
    private final @Nullable Definition definition;
    private final byte[] bytes;
    private final long number;
    private final String name;
    private final String result;
    private final boolean capturesThis;
    private final boolean snippet;
    private final List<Snippets.Variable> variables;

    /** See {@link Lambdas#partsOf}; for lambdas that capture. */
    private final @Nullable MethodHandle parts;

    private Shape(Class<?> type, @Nullable Definition definition) {
        this.type = type;
        this.definition = definition;
        this.bytes = definition == null ? new byte[0] : definition.toBytes();
        this.number = definition == null ? 0 : NUMBERS.incrementAndGet();
        this.name = definition == null ? type.getSimpleName() : definition.name();
        this.result = CallKind.FUNCTION.result(name);
        this.capturesThis = definition != null && definition.capturesThis();
        this.snippet = Snippets.isSnippet(owner());
        this.variables = Snippets.variables(type, definition);
        this.parts = definition == null || definition.captured() == 0 ? null : Lambdas.partsOf(type);
    }

    public static Shape of(Object function) {
        var holder = HOLDERS.get(function.getClass());
        var known = holder.shape;
        if (known == null) {
            known = holder.fill(function);
        }
        return known;
    }

    /** How the function is called in messages. */
    public String name() {
        return name;
    }

    /** What all arguments together are called in messages. */
    String arguments() {
        return "the arguments of " + name;
    }

    /** What the function's result is called in messages. */
    public String result() {
        return result;
    }

    /** {@code Main.java:12}: where the program makes this function, as far as its class file tells. */
    public Optional<String> site() {
        return definition == null || isSnippet()
                ? Optional.empty()
                : SubmitSite.find(definition, type.getClassLoader());
    }

    /** Stands for the definition on every link; 0 for an object of an ordinary class. */
    long number() {
        return number;
    }

    byte[] definition() {
        return bytes;
    }

    boolean isLambda() {
        return definition != null;
    }

    /** Whether it was written in JShell. */
    boolean isSnippet() {
        return snippet;
    }

    private String owner() {
        return definition == null ? type.getName().replace('.', '/') : definition.implClass();
    }

    /** Of a JShell session, to be sent along. */
    List<Snippets.Variable> variables() {
        return variables;
    }

    /** What a captured value is for the user. */
    String captured(int at) {
        return (at == 0 && capturesThis ? "the object around " : "a value captured by ") + name;
    }

    boolean capturesThis() {
        return capturesThis;
    }

    /** The values that this function captured. */
    @Nullable
    Object[] captured(Object function) throws IOException {
        if (definition == null || definition.captured() == 0) {
            return NOTHING;
        }
        var parts = parts(function);
        var values = new @Nullable Object[definition.captured()];
        for (int i = 0; i < values.length; i++) {
            values[i] = parts.getCapturedArg(i);
        }
        return values;
    }

    private SerializedLambda parts(Object function) throws IOException {
        if (parts == null) {
            return Lambdas.parts(function).orElseThrow();
        }
        try {
            return (SerializedLambda) parts.invokeExact(function);
        } catch (Throwable e) { // what invokeExact declares
            throw new IOException(e);
        }
    }

    private static final class Holder {
        private volatile @Nullable Shape shape;

        synchronized Shape fill(Object function) {
            var known = shape;
            if (known == null) {
                known = new Shape(function.getClass(), definition(function));
                shape = known;
            }
            return known;
        }

        private static @Nullable Definition definition(Object function) {
            try {
                Optional<SerializedLambda> parts = Lambdas.parts(function);
                return parts.map(Definition::of).orElse(null);
            } catch (IOException e) {
                return null; // then it is written as an object, and the reason comes up there
            }
        }
    }
}
