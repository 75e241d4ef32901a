package io.forkloom;

import io.forkloom.internal.supervise.ThreadWorker;
import java.util.function.Consumer;

/**
 * A pool of threads in this JVM, each with the program's classes for itself: static fields, caches and singletons of one
 * worker are not those of another, nor the program's. For code that is not safe for several threads, without the memory
 * and the start-up of a process.
 *
 * <p>Each worker has a class loader of its own that defines the program's classes anew, from their class files. Shared are
 * the classes of the JDK and of Forkloom. Arguments and results cross as bytes, as to a process, so their classes
 * implement {@link java.io.Serializable}. A worker that is stopped by cancel or deadline is followed by one with fresh
 * classes.
 *
 * <p><b>Limits.</b> Classes are isolated, nothing else. {@code System.exit}, a native crash or an exhausted heap takes the
 * whole program down; the heap, the environment, system properties, standard streams and all other state of the JDK are
 * shared. A native library can be loaded by one class loader of a JVM only, so by one worker. A task that ignores interrupts
 * keeps its slot until it returns ({@link #canKill()} is false). Every worker costs metaspace for all classes that it uses,
 * and warms them up for itself; they are unloaded with the worker, unless a task leaves something behind that holds them: a
 * thread, a shutdown hook, a listener. Classes without a class file, as a shell or a script makes them, cannot be defined
 * anew. Use {@link ProcessPool} where that is not enough.
 */
public final class IsolatePool extends DispatchedPool<ThreadWorker.Call> {
    private final ThreadWorkers threads;

    private IsolatePool(ThreadWorkers threads, Border<ThreadWorker.Call> border) {
        super(threads.behind(border), TaskOptions.NONE);
        this.threads = threads;
    }

    public static IsolatePool open() {
        return open(config -> {});
    }

    /**
     * {@code IsolatePool.open(c -> c.workers(4))}.
     *
     * @throws SerialisationException where the initialiser, what makes state, or the context carrier cannot be sent
     */
    public static IsolatePool open(Consumer<IsolatePoolConfig> configure) {
        var config = new IsolatePoolConfig();
        configure.accept(config);
        var bytes = new ByteBorder(config.name, "", IsolatePoolConfig.MESSAGE_LIMIT);
        var preparation = Preparation.cross(bytes, config.initializer, config.makers());
        return OpenPools.opened(new IsolatePool(
                ThreadWorkers.of(config), new IsolateBorder(bytes.carrying(config.context), preparation)));
    }

    @Override
    public void close() {
        threads.close(this::closeAll);
    }
}
