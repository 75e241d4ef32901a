package io.forkloom;

import io.forkloom.internal.codec.CallKind;
import io.forkloom.internal.dispatch.Dispatcher;
import io.forkloom.internal.supervise.Aot;
import io.forkloom.internal.supervise.AotTraining;
import io.forkloom.internal.supervise.DebugPort;
import io.forkloom.internal.supervise.MachineMemory;
import io.forkloom.internal.supervise.ProcessWorker;
import io.forkloom.internal.supervise.ProgramPath;
import io.forkloom.internal.supervise.Repertoire;
import io.forkloom.internal.supervise.Stairs;
import io.forkloom.internal.supervise.WorkerSpec;
import io.forkloom.internal.thread.Daemons;
import io.forkloom.internal.transport.Rendezvous;
import io.forkloom.internal.wire.RemoteCall;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * A pool of worker JVMs: a task can be killed, has a heap of its own, and when it crashes, leaks, loops or calls broken
 * native code, it takes one worker down and nothing else. The worker is replaced at once.
 *
 * <p>Functions are lambdas and method references; arguments, results and captured values are serialised, so their classes
 * implement {@link java.io.Serializable}. Records are no exception: {@code record Page(…) implements Serializable}. Workers have
 * this program's class path, what its class loaders have besides, and static fields of their own.
 *
 * <p>Opening takes about a millisecond; the workers start in the background, and tasks may be submitted at once. When
 * this program ends, however it ends, its workers end with it.
 *
 * <pre>{@code
 * try (var pool = ProcessPool.open(c -> c.workers(8).heap("512m"))) {
 *     Page page = pool.call(Pages::parse, bytes);
 * }
 * }</pre>
 */
public final class ProcessPool extends DispatchedPool<RemoteCall> {
    /** Whether this program has been told that its heaps are too large: once is enough. */
    private static final AtomicBoolean WARNED = new AtomicBoolean();

    /** A worker that is suspended until a debugger comes. */
    private static final Duration FOR_EVER = Duration.ofDays(10_000);

    private final Optional<DebugPort> debug;
    private final Optional<AotTraining> training;

    /** What a start can have done beside it: of the JDK's classes, those that it comes to last. */
    private static final class Aside implements Runnable {
        @Override
        public void run() {
            Rendezvous.rehearse();
            Rendezvous.sweep();
        }
    }

    private ProcessPool(Parts<RemoteCall> parts, Optional<DebugPort> debug, Optional<AotTraining> training) {
        super(parts, TaskOptions.NONE);
        this.debug = debug;
        this.training = training;
    }

    public static ProcessPool open() {
        return open(config -> {});
    }

    /**
     * As configured; see {@link ProcessPoolConfig} for the defaults.
     *
     * @throws SerialisationException where the initialiser, what makes state, or the context carrier cannot be sent
     * @throws IllegalArgumentException where the workers' heaps are more than the memory there is; see {@link
     *     ProcessPoolConfig#heap}
     * @throws IllegalStateException within a worker, unless {@link ProcessPoolConfig#allowNested}
     */
    public static ProcessPool open(Consumer<ProcessPoolConfig> configure) {
        var config = new ProcessPoolConfig();
        configure.accept(config);
        refuseWithinWorker(config);
        checkHeap(config);
        Daemons.named(config.name + "-aside").start(new Aside());
        var plain = new ByteBorder(config.name, String.join(";", config.accepted), config.messageLimit);
        plain.resources().add(Thread.currentThread().getContextClassLoader());
        var debug = config.debugPort.isPresent()
                ? Optional.of(DebugPort.open(config.name, config.debugPort.getAsInt()))
                : Optional.<DebugPort>empty();
        try {
            return open(config, plain, debug);
        } catch (RuntimeException | Error e) {
            debug.ifPresent(DebugPort::close); // nobody else can
            throw e;
        }
    }

    private static ProcessPool open(ProcessPoolConfig config, ByteBorder plain, Optional<DebugPort> debug) {
        var border = plain.carrying(config.context);
        var spec = spec(config, plain, debug);
        var events = new Events(config.name);
        var training = AotTraining.of(spec);
        var dispatcher = new Dispatcher<RemoteCall>(
                config.settings(),
                alarms -> {
                    training.ifPresent(each -> each.follow(alarms));
                    return (id, heap, told) -> ProcessWorker.start(id, spec.withHeap(heap), alarms, told);
                },
                config.budget(),
                config.name,
                events);
        events.statsFrom(dispatcher::stats);
        dispatcher.open();
        var parts = new Parts<RemoteCall>(
                config.name,
                config.staffing().most(),
                true,
                debug.isEmpty(),
                larger -> checkLarger(config, larger),
                border,
                dispatcher,
                events);
        return OpenPools.opened(new ProcessPool(parts, debug, training));
    }

    @Override
    public void close() {
        training.ifPresent(AotTraining::stop);
        closeAll();
        training.ifPresent(AotTraining::close);
        debug.ifPresent(DebugPort::close);
    }

    private static void refuseWithinWorker(ProcessPoolConfig config) {
        var worker = System.getProperty("io.forkloom.worker");
        if (worker != null && !config.nested) {
            throw new IllegalStateException("this is worker " + worker + " of a pool, and a pool in each worker"
                    + " multiplies processes: submit to the outer pool instead, or say allowNested()");
        }
    }

    /** Only of heaps that somebody has asked for: the default share is of what there is. */
    private static void checkHeap(ProcessPoolConfig config) {
        var memory = config.heap.isPresent() ? MachineMemory.bytes() : OptionalLong.empty();
        if (memory.isPresent()) {
            long heap = Sizes.parse(config.heap.orElseThrow());
            long own = Runtime.getRuntime().maxMemory();
            new HeapBudget(config.staffing().slots(), heap, own, memory.getAsLong())
                    .check()
                    .filter(warning -> WARNED.compareAndSet(false, true))
                    .ifPresent(warning -> System.getLogger("io.forkloom").log(System.Logger.Level.WARNING, warning));
        }
    }

    /** Of one worker besides the others. */
    private static void checkLarger(ProcessPoolConfig config, String larger) {
        long bytes = Sizes.parse(larger);
        if (config.residentLimit.isPresent() && config.residentLimit.getAsLong() <= bytes) {
            throw new IllegalArgumentException("a worker would be killed before a heap of " + larger
                    + " is full: raise residentLimit, which is " + (config.residentLimit.getAsLong() >> 20) + "m");
        }
        HeapBudget.of(config, MachineMemory.bytes()).ifPresent(budget -> budget.checkLarger(bytes));
    }

    private static WorkerSpec spec(ProcessPoolConfig config, ByteBorder border, Optional<DebugPort> debug) {
        var options = new ArrayList<>(config.jvmOptions);
        debug.ifPresent(port -> options.add(port.option()));
        return new WorkerSpec(
                config.name,
                ProgramPath.ofProgram(),
                config.heap,
                OptionalLong.empty(),
                config.residentLimit,
                config.staffing().slots(),
                List.copyOf(options),
                Map.copyOf(config.environment),
                config.directory,
                Preparation.cross(border, config.initializer, config.makers()),
                new Repertoire(new Rehearsal(border)),
                new Stairs(Math.max(1, Runtime.getRuntime().availableProcessors() / 2)),
                border,
                border.accepted(),
                border.messageLimit(),
                debug.isPresent() ? FOR_EVER : config.startLimit,
                config.reports,
                sink(config.output),
                aot(config, border));
    }

    private static Aot aot(ProcessPoolConfig config, ByteBorder border) {
        var practice = config.aotPractice.map(
                action -> border.cross(CallKind.ACTION, action).call());
        return config.aotCache.<Aot>map(folder -> new Aot.Use(folder, practice)).orElseGet(Aot.None::new);
    }

    // What tasks print belongs to the program; the pool itself prints nothing.
    @SuppressWarnings("SystemOut")
    private static BiConsumer<Boolean, String> sink(WorkerOutput output) {
        return switch (output) {
            case DISCARD -> (error, line) -> {};
            case INHERIT ->
                (error, line) -> {
                    PrintStream to = error ? System.err : System.out;
                    to.println(line);
                };
        };
    }
}
