package io.forkloom.internal.supervise;

import io.forkloom.event.WorkerId;
import io.forkloom.internal.transport.Rendezvous;
import io.forkloom.internal.wire.RemoteCall;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiConsumer;

/**
 * How to start a worker process.
 *
 * @param heap as for -Xmx; empty for a share of half the memory
 * @param larger bytes of the heap of a worker that is larger than the others
 * @param residentLimit bytes of memory that a worker may hold while it works
 * @param workers how many share the machine at the most
 * @param options of the user, last, so that they win
 * @param environment set on top of the program's own
 * @param directory working directory; empty for the program's
 * @param initializer run before the worker is ready
 * @param repertoire what a worker learns before its first task, where it has the time
 * @param stairs on which the workers of the pool start
 * @param resources of the program, for classes that the class path does not have
 * @param accepted patterns of the serialisation filter
 * @param messageLimit bytes of one payload
 * @param startLimit how long a worker may take to become ready
 * @param reports where files about the ends of workers are kept
 * @param output takes lines; true for standard error
 * @param aot what the JVM has to do with AOT caches
 */
public record WorkerSpec(
        String poolName,
        ProgramPath program,
        Optional<String> heap,
        OptionalLong larger,
        OptionalLong residentLimit,
        int workers,
        List<String> options,
        Map<String, String> environment,
        Optional<Path> directory,
        Optional<RemoteCall> initializer,
        Repertoire repertoire,
        Stairs stairs,
        ResourceSource resources,
        String accepted,
        int messageLimit,
        Duration startLimit,
        Optional<ReportFolder> reports,
        BiConsumer<Boolean, String> output,
        Aot aot) {

    /** By name: the engine does not import the worker. */
    private static final String MAIN = "io.forkloom.internal.worker.WorkerMain";

    /** Options for JVMs that the user meant for the program: agents, debug ports, noise on standard error. */
    private static final List<String> NOT_INHERITED = List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS");

    private static final List<String> OPTIONS = List.of(
            "-XX:+UseSerialGC",
            "-XX:ActiveProcessorCount=1",
            // The serial collector's compiler leaves no safepoint polls in counted loops: a kill or a dump would wait.
            "-XX:+UseCountedLoopSafepoints",
            "-XX:LoopStripMiningIter=1000",
            "-XX:+ExitOnOutOfMemoryError",
            "-XX:+ErrorFileToStderr", // the crash log is evidence for us, not a file in the user's folder
            "-XX:-CreateCoredumpOnCrash",
            "-XX:-UsePerfData", // a file in /tmp that a killed JVM leaves behind
            "-XX:+UnlockDiagnosticVMOptions", // for the next two
            // The JDK's class archive where it was made for: moving it costs a start 6 ms, and a worker 5 MB.
            "-XX:ArchiveRelocationMode=0",
            // ms: a thread that wakes four times a second takes most of what an idle worker takes of a processor.
            "-XX:AsyncDeflationInterval=2000",
            // ms: what the compilers have used, 5 MB after a start, goes back. Where a system cannot do that, it is
            // silent.
            "-XX:TrimNativeHeapInterval=10000",
            "-Xlog:trimnative=off",
            "-Dstdout.encoding=UTF-8",
            "-Dstderr.encoding=UTF-8");

    private static final List<String> HANDED_ON = List.of(
            "user.language",
            "user.country",
            "user.variant",
            "user.script",
            "user.timezone",
            "file.encoding",
            "java.io.tmpdir",
            "user.home");

    /** The same for a worker with this heap in bytes; 0 for one like the others. */
    public WorkerSpec withHeap(long bytes) {
        return bytes == 0
                ? this
                : new WorkerSpec(
                        poolName,
                        program,
                        heap,
                        OptionalLong.of(bytes),
                        residentLimit,
                        workers,
                        options,
                        environment,
                        directory,
                        initializer,
                        repertoire,
                        stairs,
                        resources,
                        accepted,
                        messageLimit,
                        startLimit,
                        reports,
                        output,
                        aot);
    }

    /** One that does nothing of the user's: it makes the cache, and nobody waits for it. */
    WorkerSpec making(Path cache) {
        return new WorkerSpec(
                poolName,
                program,
                heap,
                OptionalLong.empty(),
                OptionalLong.empty(),
                workers,
                options,
                environment,
                directory,
                Optional.empty(),
                repertoire.empty(),
                new Stairs(1), // it keeps nobody from starting
                resources,
                accepted,
                messageLimit,
                startLimit,
                Optional.empty(),
                (error, line) -> {},
                new Aot.Make(cache));
    }

    /** Two workers with the same key can use the same AOT cache; empty where there can be none. */
    Optional<String> aotKey() {
        var path = program.jars();
        if (path.isEmpty() || options.stream().anyMatch(AotFolder::isForbiddenWith)) {
            return Optional.empty();
        }
        var words = new ArrayList<String>();
        words.add(path.get());
        words.addAll(OPTIONS);
        words.add(heapOption());
        words.addAll(options);
        words.addAll(aot.key());
        return Optional.of(AotFolder.key(words));
    }

    private String heapOption() {
        return heap.isPresent() ? "-Xmx" + heap.get() : "-XX:MaxRAMPercentage=" + Math.max(1, 50.0 / workers);
    }

    /**
     * Starts the process, with the cookie in its environment and its standard streams as pipes.
     *
     * @param rendezvous has the files that the process needs until it has connected
     */
    Process start(WorkerId id, String cookie, Rendezvous rendezvous) throws IOException {
        program.writeTo(rendezvous.argumentFile(), rendezvous.jarFile());
        var builder = new ProcessBuilder(command(id, rendezvous.argumentFile()));
        if (directory.isPresent()) {
            builder.directory(directory.get().toFile());
        }
        var env = builder.environment();
        for (var name : NOT_INHERITED) {
            env.remove(name);
        }
        env.putAll(environment);
        var outer = env.get(ProcessTree.VARIABLE);
        env.put(ProcessTree.VARIABLE, outer == null ? cookie : outer + ":" + cookie);
        if (Files.exists(Path.of("/dev/null"))) {
            Descriptors.check();
        }
        return builder.start();
    }

    private List<String> command(WorkerId id, Path arguments) {
        var command = new ArrayList<>(aot.launcher());
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("@" + arguments); // first: no option of the user can forbid it
        command.addAll(OPTIONS);
        command.add(heapOption());
        for (String property : HANDED_ON) {
            var value = System.getProperty(property);
            if (value != null && !value.isEmpty()) {
                command.add("-D" + property + "=" + value);
            }
        }
        if (reports.isPresent()) {
            command.add("-XX:+HeapDumpOnOutOfMemoryError");
            command.add("-XX:HeapDumpPath=" + reports.get().heapDump());
        }
        command.add("-Dio.forkloom.worker=" + id);
        command.addAll(aot.options(this));
        command.addAll(options);
        if (larger.isPresent()) {
            command.add("-Xmx" + larger.getAsLong()); // last: that is what it is for
        }
        command.addAll(program.main(MAIN));
        return command;
    }
}
