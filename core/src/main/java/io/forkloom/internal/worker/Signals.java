package io.forkloom.internal.worker;

/** Signals of a worker. */
final class Signals {
    private Signals() {}

    /**
     * Ctrl-C goes to the whole process group of a terminal. What it means is the program's decision: if that ends, its
     * workers end with it, and if it wants to finish, they must be there.
     */
    static void ignoreInterrupt() {
        try {
            // By reflection, because javac warns of sun.misc and cannot be told not to; the module jdk.unsupported
            // exports it.
            var signal = Class.forName("sun.misc.Signal");
            var handler = Class.forName("sun.misc.SignalHandler");
            signal.getMethod("handle", signal, handler)
                    .invoke(
                            null,
                            signal.getConstructor(String.class).newInstance("INT"),
                            handler.getField("SIG_IGN").get(null));
        } catch (ReflectiveOperationException | IllegalArgumentException e) {
            // A JVM without it, or started with -Xrs: then Ctrl-C ends the worker, and the pool says so.
        }
    }
}
