package io.forkloom.testkit;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.FileInputStream;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.net.ServerSocket;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;

/** What must not be done on a virtual thread, each without an end: whoever lets them run ends the JVM. */
final class Slow {
    static final Object LOCK = new Object();
    private static final CountDownLatch NEVER = new CountDownLatch(1);
    private static final int LONG_NAP = 500_000; // 500 ms, in microseconds
    static volatile double result;
    static volatile boolean enough;

    private Slow() {}

    /** One at a time lets go after a moment, again and again, until {@link #enough} is set. */
    static void flutter() {
        while (!enough) {
            result = Math.sqrt(result + 1);
            LockSupport.parkNanos(1);
        }
    }

    /** Until {@link #enough} is set. */
    static void crunch() {
        double sum = 0;
        while (!enough) {
            for (int i = 0; i < 1000; i++) {
                sum += Math.sqrt(i);
            }
            result = sum;
        }
    }

    static void nap() {
        while (!enough) {
            Native.call("usleep", LONG_NAP);
        }
    }

    /** A column that is not there, looked for in a long line: it takes longer than anybody has. */
    static void match() {
        enough = Pattern.compile("(.*,){11}P").matcher("1234,".repeat(100)).matches();
    }

    static void initialise() {
        result = Lazy.value;
    }

    /** A connection that nobody makes. */
    static void accept() {
        synchronized (LOCK) {
            try (var server = new ServerSocket(0)) {
                server.accept().close();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** A pipe in which there is nothing. */
    static void read(String pipe) {
        synchronized (LOCK) {
            try (var input = new FileInputStream(pipe)) {
                result = input.read();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** C sorts, asks Java which is less, and Java waits. */
    @SuppressWarnings("restricted")
    static void sort() {
        var linker = Linker.nativeLinker();
        var qsort = linker.downcallHandle(
                linker.defaultLookup().findOrThrow("qsort"),
                FunctionDescriptor.ofVoid(ADDRESS, JAVA_LONG, JAVA_LONG, ADDRESS));
        try (var arena = Arena.ofConfined()) {
            var type = FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS);
            var compare = MethodHandles.lookup().findStatic(Slow.class, "compare", type.toMethodType());
            qsort.invokeExact(arena.allocate(16), 2L, 8L, linker.upcallStub(compare, type, arena));
        } catch (Throwable e) { // what invokeExact declares
            throw new IllegalStateException(e);
        }
    }

    static int compare(MemorySegment first, MemorySegment second) {
        try {
            NEVER.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Long.compare(first.address(), second.address());
    }

    private static final class Lazy {
        static double value;

        static {
            try {
                NEVER.await();
                value = 1;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
