package io.forkloom.examples;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.forkloom.Outcome;
import io.forkloom.ProcessPool;
import io.forkloom.WorkerOutput;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * C17, native code by the JDK's foreign function interface, in workers: its value comes back like any other, and when it
 * writes where it must not, that costs one task. In this JVM it would cost the program.
 */
public final class NativeCode {
    private NativeCode() {}

    public static void main(String[] args) throws InterruptedException {
        try (var pool = ProcessPool.open(c -> c.workers(1)
                .heap("128m")
                .output(WorkerOutput.DISCARD) // the JVM's own words about the crash
                .jvmOptions("--enable-native-access=ALL-UNNAMED"))) {
            IO.println("strlen of the C library: " + pool.call(NativeCode::length, "forkloom"));

            if (pool.submit(NativeCode::write, 0L).await()
                    instanceof Outcome.Crashed<Long>(var exit, var report, var _)) {
                IO.println("a write to address 0: crashed, " + exit.signal().orElse("no signal"));
                IO.println("the crash log tells where: "
                        + report.crashLog().orElse("").contains(NativeCode.class.getSimpleName()));
            }
            IO.println("the pool goes on: " + pool.call(NativeCode::length, "process pool"));
            var stats = pool.stats();
            IO.println(stats.completed() + " completed, " + stats.crashed() + " crashed, " + stats.started()
                    + " workers were started");
        }
    }

    /** {@code size_t strlen(const char *)}. */
    @SuppressWarnings("restricted") // that is what the worker is for
    static long length(String text) {
        try (var arena = Arena.ofConfined()) {
            var linker = Linker.nativeLinker();
            MethodHandle strlen = linker.downcallHandle(
                    linker.defaultLookup().findOrThrow("strlen"), FunctionDescriptor.of(JAVA_LONG, ADDRESS));
            return (long) strlen.invokeExact(arena.allocateFrom(text));
        } catch (Throwable e) { // a method handle may throw anything; this one does not
            throw new IllegalStateException(e);
        }
    }

    @SuppressWarnings("restricted")
    static long write(long address) {
        MemorySegment.ofAddress(address).reinterpret(JAVA_INT.byteSize()).set(JAVA_INT, 0, 42);
        return address;
    }
}
