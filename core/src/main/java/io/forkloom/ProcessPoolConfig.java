package io.forkloom;

import io.forkloom.internal.dispatch.Staffing;
import io.forkloom.internal.dispatch.Staffing.Lifetime;
import io.forkloom.internal.supervise.AotFolder;
import io.forkloom.internal.supervise.ReportFolder;
import io.forkloom.internal.supervise.RestartBudget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** What a {@link ProcessPool} is told when it is opened. */
public final class ProcessPoolConfig extends PoolConfig<ProcessPoolConfig> {
    Optional<String> heap = Optional.empty();
    OptionalLong residentLimit = OptionalLong.empty();
    final List<String> jvmOptions = new ArrayList<>();
    final Map<String, String> environment = new LinkedHashMap<>();
    Optional<Path> directory = Optional.empty();
    Optional<TaskAction> initializer = Optional.empty();
    final List<String> accepted = new ArrayList<>();
    int messageLimit = 1 << 30;
    Duration startLimit = Duration.ofSeconds(60);
    WorkerOutput output = WorkerOutput.INHERIT;
    Optional<ReportFolder> reports = Optional.empty();
    boolean nested;
    Optional<AotFolder> aotCache = Optional.empty();
    Optional<TaskAction> aotPractice = Optional.empty();
    OptionalInt debugPort = OptionalInt.empty();
    private int fewest;
    private int spares;
    private Duration idleShrink = Duration.ofSeconds(60);
    private Lifetime lifetime = Lifetime.UNLIMITED;
    private int failures = 5;
    private Duration window = Duration.ofSeconds(10);

    ProcessPoolConfig() {}

    @Override
    ProcessPoolConfig self() {
        return this;
    }

    /** As many workers, always. */
    @Override
    public ProcessPoolConfig workers(int value) {
        fewest = value;
        return super.workers(value);
    }

    /**
     * As many workers as there is work for: one more is started when a task waits and all serve, one at a time, and one
     * ends when it had nothing to do for {@link #idleShrink}.
     */
    public ProcessPoolConfig workers(int least, int most) {
        if (most < positive("workers", least)) {
            throw new IllegalArgumentException("workers(" + least + ", " + most
                    + "): the first is the least, and cannot be" + " more than the second");
        }
        super.workers(most);
        fewest = least;
        return this;
    }

    /** How long a worker beyond the least may have nothing to do before it ends; 60 s if not set. */
    public ProcessPoolConfig idleShrink(Duration value) {
        idleShrink = notNegative("idleShrink", value);
        return this;
    }

    /**
     * The largest heap of each worker: {@code heap("512m")}. If not set, the workers share half of the memory.
     *
     * <p>On Linux the pool refuses to open where the heaps of all workers, with spares and with one that succeeds a
     * recycled one, are more than the memory of this machine, or of its container. Where they are so together with the
     * heap of this program, that is logged, once. Each pool is looked at for itself. Whoever means to promise more than
     * there is says {@code jvmOptions("-Xmx4g")} instead.
     */
    public ProcessPoolConfig heap(String size) {
        Sizes.parse(size);
        heap = Optional.of(size);
        return this;
    }

    /**
     * The most memory that a worker may hold in all, with its heap, classes, buffers and what native code has allocated:
     * {@code residentLimit("1g")}. Looked at about once a second while a task runs; a worker over it is killed, and its
     * task ends as {@link Outcome.OutOfMemory}. No limit if not set. Linux only.
     */
    public ProcessPoolConfig residentLimit(String size) {
        residentLimit = OptionalLong.of(Sizes.parse(size));
        return this;
    }

    /** More options for the workers' JVMs, behind those of the pool, so that these win. */
    public ProcessPoolConfig jvmOptions(String... options) {
        jvmOptions.addAll(List.of(options));
        return this;
    }

    /**
     * Sets a variable in the workers' environment, which else is this program's, without {@code JAVA_TOOL_OPTIONS},
     * {@code JDK_JAVA_OPTIONS} and {@code _JAVA_OPTIONS}.
     */
    public ProcessPoolConfig environment(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /** The workers' working directory; this program's if not set. */
    public ProcessPoolConfig directory(Path path) {
        if (!Files.isDirectory(path)) {
            throw new IllegalArgumentException("the working directory " + path + " does not exist");
        }
        directory = Optional.of(path.toAbsolutePath());
        return this;
    }

    /**
     * Runs once in each worker before its first task, to load what tasks need into static fields. A worker whose
     * initialiser throws is counted as one that died at its start.
     */
    public ProcessPoolConfig initializer(TaskAction action) {
        initializer = Optional.of(action);
        return this;
    }

    /**
     * When to give up: at more than {@code most} workers in a row that died before they were ready, or at more than four
     * times as many, within the window, that died idle before any had finished a task; 5 in 10 s if not set. Workers that
     * die at a task do not count, nor those that the pool kills.
     *
     * <p>A start for which there is no room, because this machine or this program has no descriptor, no thread or no memory
     * to spare, does not count either: it is tried again after up to four seconds, until for {@link #startLimit} no worker
     * has become ready.
     */
    public ProcessPoolConfig restarts(int most, Duration within) {
        if (most < 0 || !within.isPositive()) {
            throw new IllegalArgumentException("restarts(" + most + ", " + within + ") must not be negative");
        }
        failures = most;
        window = within;
        return this;
    }

    /**
     * Keeps files about workers that ended badly: a report with the whole crash log for each, and the heap dump of one
     * whose heap was full. At most 100 files of 2 GiB in all, as {@link #reports(Path, int, String)}.
     */
    public ProcessPoolConfig reports(Path folder) {
        return reports(folder, 100, "2g");
    }

    /**
     * As {@link #reports(Path)}; the oldest go when there are more files than {@code most}, or when they are larger than
     * {@code size} together. The folder is made if it does not exist; other files in it are left alone.
     */
    public ProcessPoolConfig reports(Path folder, int most, String size) {
        if (most < 1) {
            throw new IllegalArgumentException("reports(" + folder + ", " + most + ") keeps nothing");
        }
        try {
            reports = Optional.of(
                    new ReportFolder(Files.createDirectories(folder.toAbsolutePath()), most, Sizes.parse(size)));
        } catch (IOException e) {
            throw new IllegalArgumentException("the folder for reports cannot be made: " + e, e);
        }
        return this;
    }

    /**
     * Makes the serialisation filter an allow-list: besides the JDK's only these classes are read, on both sides;
     * {@code accept("com.acme.*", "com.acme.data.**")}, patterns as of {@code ObjectInputFilter.Config.createFilter}.
     * It holds for data: arguments, captured values, results, and functions that are objects. A lambda or method reference
     * that is submitted or mapped crosses by its name, and need not be listed.
     */
    public ProcessPoolConfig accept(String... patterns) {
        for (String pattern : patterns) {
            if (pattern.isBlank() || pattern.contains(";") || pattern.contains("=")) {
                throw new IllegalArgumentException(
                        "\"" + pattern + "\" is no class name pattern: write com.acme.* or com.acme.data.**");
            }
        }
        accepted.addAll(List.of(patterns));
        return this;
    }

    /**
     * Workers that stand by, started and initialised: when a worker dies or is killed, one takes over at once, and the next
     * task does not wait for a start. Each is a process as a worker is; 0 if not set.
     */
    public ProcessPoolConfig spares(int value) {
        if (value < 0) {
            throw new IllegalArgumentException("spares must not be negative, as " + value + " is");
        }
        spares = value;
        return this;
    }

    /**
     * Replaces a worker by a fresh one when it has finished so many tasks, for code that leaks. Each worker has a number of
     * its own, up to an eighth more than this, so that not all are replaced at once; a chunk of a map counts as one task.
     *
     * <p>The old worker serves until the new one is ready. Then it finishes what it has and is asked to end, as at close();
     * the new one takes its place. So never more tasks run at once than there are workers; no task is lost, and none waits
     * for a start. With spares it is one of them that takes over; without, one worker is replaced at a time, and has one
     * more process beside it meanwhile.
     */
    public ProcessPoolConfig recycleAfter(int tasks) {
        lifetime = new Lifetime(positive("recycleAfter", tasks), lifetime.bytes());
        return this;
    }

    /**
     * Replaces a worker by a fresh one, as {@link #recycleAfter} does, when it holds more memory than this after a task,
     * with its heap, classes, buffers and what native code has allocated: {@code recycleAbove("700m")}. Looked at after
     * tasks, ten times a second at the most. Where fresh workers are as large after their first task, it is done more and
     * more seldom, and logged. Linux only: elsewhere it does nothing.
     */
    public ProcessPoolConfig recycleAbove(String size) {
        lifetime = new Lifetime(lifetime.tasks(), Sizes.parse(size));
        return this;
    }

    @Override
    Staffing staffing() {
        if (debugPort.isPresent()) {
            return Staffing.of(1);
        }
        int least = fewest == 0 ? workers : fewest;
        return new Staffing(least, workers, spares, idleShrink, lifetime);
    }

    /** Bytes that the arguments or the result of one task may have when serialised; {@code "1g"} if not set. */
    public ProcessPoolConfig messageLimit(String size) {
        long bytes = Sizes.parse(size);
        if (bytes < 1024 || bytes > Integer.MAX_VALUE - 1024) {
            throw new IllegalArgumentException("messageLimit must be between 1k and 2047m, not " + size);
        }
        messageLimit = (int) bytes;
        return this;
    }

    /**
     * How long a worker may take to become ready, with its initialiser, and how long the pool goes on trying where there is
     * no room for one; 60 s if not set.
     */
    public ProcessPoolConfig startLimit(Duration value) {
        if (!value.isPositive()) {
            throw new IllegalArgumentException("startLimit must be positive, not " + value);
        }
        startLimit = value;
        return this;
    }

    /** What becomes of what workers print; handed on if not set. */
    public ProcessPoolConfig output(WorkerOutput value) {
        output = value;
        return this;
    }

    /**
     * Keeps AOT caches of the workers' JVMs in this folder, with which they start in less time. Programs may share it: there
     * is one for each JDK, class path and set of options, at most eight of 256 MiB in all; the folder is made, for the user
     * alone, if it does not exist. None is used if not set.
     *
     * <p>A cache that is missing is made in the background, a second after the pool was opened, by one more JVM of
     * lowest priority that does nothing of the user's and ends with the pool at the latest; workers that start later use
     * it. Nothing is said where that does not work: for a class path that has folders, for modules (but with
     * {@code --enable-native-access=ALL-UNNAMED}), with options that choose an archive, an agent or a log, and where others can write to the folder.
     */
    public ProcessPoolConfig aotCache(Path folder) {
        aotCache = Optional.of(new AotFolder(folder));
        aotPractice = Optional.empty();
        return this;
    }

    /**
     * As {@link #aotCache(Path)}, with classes and profiles of what the pool's tasks do: who makes the cache does this before. It
     * should do what tasks do, some hundred times, take seconds, and change nothing in the world; where it throws, no cache is
     * made. Workers, also those that take the place of one that has ended, then compute sooner as fast as those that have run for a while.
     */
    public ProcessPoolConfig aotCache(Path folder, TaskAction practice) {
        aotCache(folder);
        aotPractice = Optional.of(practice);
        return this;
    }

    /** Lets a task open a pool of processes of its own; else that is refused, because it multiplies processes. */
    public ProcessPoolConfig allowNested() {
        nested = true;
        return this;
    }

    /**
     * To step through tasks: one worker, whatever {@link #workers} says, which is suspended from its start until a debugger
     * has come to this port of the loopback interface. The logger {@code io.forkloom} tells when it waits. No deadline or
     * other limit of time counts, for tasks, maps and the start of the worker; nobody is recycled, and no
     * retry has a larger heap. {@link TaskPool#close}
     * is bounded as ever. When the debugger goes, the worker goes on without; the next debugger gets the next worker.
     *
     * <p>While it is open, every program of this machine can run code in the worker, as with any JVM that is debugged.
     */
    public ProcessPoolConfig debug(int port) {
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("debug(" + port + "): a port is between 1 and 65535");
        }
        debugPort = OptionalInt.of(port);
        return this;
    }

    RestartBudget budget() {
        return new RestartBudget(failures, window, startLimit);
    }
}
