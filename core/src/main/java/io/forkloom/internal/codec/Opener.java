package io.forkloom.internal.codec;

import java.lang.invoke.MethodHandles;
import java.util.function.Function;

/**
 * Opens a class so that its lambdas can be linked as it links them itself. The JVM lets only a class of the same module do
 * that, and each class loader has an unnamed module of its own: so a loader that defines a program anew defines this class
 * anew as well, and {@link Lambdas} asks the loader of the class that it wants to open.
 */
public final class Opener implements Function<Class<?>, MethodHandles.Lookup> {
    @Override
    public MethodHandles.Lookup apply(Class<?> type) {
        try {
            return MethodHandles.privateLookupIn(type, MethodHandles.lookup());
        } catch (IllegalAccessException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
