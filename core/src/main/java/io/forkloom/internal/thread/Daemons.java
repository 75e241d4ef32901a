package io.forkloom.internal.thread;

/**
 * The library's own threads: of the platform, because on virtual ones they would starve together with the program that
 * they watch; daemons, because none of them keeps a program alive; and with nothing inherited from the thread that happens
 * to make them: no thread locals, and the system's class loader as their context.
 */
public final class Daemons {
    private Daemons() {}

    /** To be started, or to make a factory of. */
    public static Thread.Builder.OfPlatform named(String name) {
        return Thread.ofPlatform()
                .daemon()
                .inheritInheritableThreadLocals(false)
                .name(name);
    }

    /** Of a worker, where a task can find every thread of its JVM: an interrupt does nothing to it. Not started. */
    public static Thread deaf(String name, Runnable work) {
        var thread = new Deaf(name, work);
        thread.setDaemon(true);
        return thread;
    }

    private static final class Deaf extends Thread {
        Deaf(String name, Runnable work) {
            super(null, work, name, 0, false);
        }

        @Override
        public void interrupt() {}
    }
}
