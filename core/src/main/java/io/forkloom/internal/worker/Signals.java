package io.forkloom.internal.worker;

import java.lang.invoke.LambdaMetafactory;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/** Signals of a worker. */
final class Signals {
    private Signals() {}

    /**
     * Ctrl-C goes to the whole process group of a terminal. What it means is the program's decision: if that ends, its
     * workers end with it, and if it wants to finish, they must be there.
     *
     * <p>A handler that does nothing, rather than SIG_IGN: programs that tasks start would inherit that one.
     */
    static void ignoreInterrupt() {
        try {
            // By reflection, because javac warns of sun.misc and cannot be told not to; the module jdk.unsupported
            // exports it.
            var signal = Class.forName("sun.misc.Signal");
            var handler = Class.forName("sun.misc.SignalHandler");
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance("INT"), nothing(signal, handler));
        } catch (Throwable e) { // what invokeExact declares
            // A JVM without it, or started with -Xrs: then Ctrl-C ends the worker, and the pool says so.
        }
    }

    /** {@code (SignalHandler) signal -> {}}. It delays a start by some 3 ms; a proxy would by 25. */
    private static Object nothing(Class<?> signal, Class<?> handler) throws Throwable {
        var lookup = MethodHandles.lookup();
        var handle = MethodType.methodType(void.class, signal);
        var body = lookup.findStatic(Signals.class, "doNothing", MethodType.methodType(void.class, Object.class));
        return LambdaMetafactory.metafactory(lookup, "handle", MethodType.methodType(handler), handle, body, handle)
                .getTarget()
                .invoke();
    }

    @SuppressWarnings("unused") // by the method handle above
    private static void doNothing(Object signal) {}
}
