package io.forkloom.internal.codec;

import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.lang.invoke.LambdaMetafactory;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleInfo;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.SerializedLambda;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Takes lambdas and method references apart and puts them together again. */
final class Lambdas {
    private Lambdas() {}

    /**
     * What gives the parts of a lambda of this class, {@code (Object) SerializedLambda}; null where its module does not
     * let us. Some 50 times as fast as {@link #parts}.
     */
    static @Nullable MethodHandle partsOf(Class<?> lambda) {
        try {
            var method = lambda.getDeclaredMethod("writeReplace");
            method.setAccessible(true);
            return MethodHandles.lookup()
                    .unreflect(method)
                    .asType(MethodType.methodType(SerializedLambda.class, Object.class));
        } catch (ReflectiveOperationException | RuntimeException e) {
            return null; // parts() does it everywhere
        }
    }

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

    /**
     * Makes functions of these parts from an array of what they captured; linked as the JVM links the expression. Not through the capturing class's own {@code
     * $deserializeLambda$}, as java.io does it: javac's looks at the method only, so that of two references to one
     * generic method at different types it makes the first one, and the second fails with a ClassCastException.
     */
    static MethodHandle maker(Definition definition, Class<?> capturingClass) throws Throwable {
        var loader = capturingClass.getClassLoader();
        var lookup = Insider.lookupIn(capturingClass);
        var body = body(definition, lookup, loader);
        var factory = body.type()
                .dropParameterTypes(definition.captured(), body.type().parameterCount())
                .changeReturnType(type(definition.interfaceClass(), loader));
        return LambdaMetafactory.altMetafactory(
                        lookup,
                        definition.interfaceMethod(),
                        factory,
                        MethodType.fromMethodDescriptorString(definition.interfaceSignature(), loader),
                        body,
                        MethodType.fromMethodDescriptorString(definition.instantiatedType(), loader),
                        LambdaMetafactory.FLAG_SERIALIZABLE)
                .getTarget()
                .asType(MethodType.genericMethodType(definition.captured()))
                .asSpreader(Object[].class, definition.captured());
    }

    private static MethodHandle body(Definition definition, MethodHandles.Lookup lookup, ClassLoader loader)
            throws ReflectiveOperationException {
        var owner = type(definition.implClass(), loader);
        var signature = MethodType.fromMethodDescriptorString(definition.implSignature(), loader);
        return switch (definition.implKind()) {
            case MethodHandleInfo.REF_invokeStatic -> lookup.findStatic(owner, definition.implMethod(), signature);
            case MethodHandleInfo.REF_invokeVirtual, MethodHandleInfo.REF_invokeInterface ->
                lookup.findVirtual(owner, definition.implMethod(), signature);
            case MethodHandleInfo.REF_invokeSpecial ->
                lookup.findSpecial(owner, definition.implMethod(), signature, lookup.lookupClass());
            case MethodHandleInfo.REF_newInvokeSpecial -> lookup.findConstructor(owner, signature);
            default -> throw new IllegalArgumentException("a function of kind " + definition.implKind());
        };
    }

    private static Class<?> type(String internalName, ClassLoader loader) throws ClassNotFoundException {
        return Class.forName(internalName.replace('/', '.'), false, loader);
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
