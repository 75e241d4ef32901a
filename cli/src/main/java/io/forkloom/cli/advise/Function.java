package io.forkloom.cli.advise;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/** The user's method, ready to be called; costs some nanoseconds a call. For workers. */
final class Function {
    private static final MethodType FORM = MethodType.methodType(Object.class, Object[].class);

    private final Method method;
    private final MethodHandle handle;

    Function(Method method) throws IllegalAccessException {
        this.method = method;
        var plain = MethodHandles.lookup().unreflect(method).asFixedArity();
        this.handle = plain.asType(plain.type().generic())
                .asSpreader(Object[].class, method.getParameterCount())
                .asType(FORM);
    }

    /** The same arguments without what a call may have written into them. */
    static Object[] fresh(Object[] values) {
        var copy = values.clone();
        for (int i = 0; i < copy.length; i++) {
            copy[i] = copy[i] instanceof byte[] bytes ? bytes.clone() : copy[i];
        }
        return copy;
    }

    Method method() {
        return method;
    }

    @Nullable
    Object call(Object[] values) throws Exception {
        try {
            return (Object) handle.invokeExact(values);
        } catch (Exception | Error e) {
            throw e;
        } catch (Throwable e) { // a third kind, which a program may make
            throw new IllegalStateException(e);
        }
    }
}
