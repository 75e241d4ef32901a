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
import java.lang.invoke.MethodHandle;
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

    /** On another thread than the one that is to be caught. */
    static void warmUp() {
        Linked.sleep(0);
        Linked.sort(1);
    }

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
            Linked.sleep(LONG_NAP);
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
    static void sort() {
        Linked.sort(2);
    }

    static int compare(MemorySegment first, MemorySegment second) {
        try {
            NEVER.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Long.compare(first.address(), second.address());
    }

    /** Calls of C, linked and warm before a watch looks: the JDK takes a while for that, longer than a limit on a slow machine. */
    @SuppressWarnings("restricted")
    private static final class Linked {
        private static final MethodHandle SLEEP = function("usleep", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
        private static final MethodHandle SORT =
                function("qsort", FunctionDescriptor.ofVoid(ADDRESS, JAVA_LONG, JAVA_LONG, ADDRESS));
        private static final MemorySegment COMPARE = upcall();

        private static MethodHandle function(String name, FunctionDescriptor type) {
            var linker = Linker.nativeLinker();
            return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), type);
        }

        private static MemorySegment upcall() {
            var type = FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS);
            try {
                var compare = MethodHandles.lookup().findStatic(Slow.class, "compare", type.toMethodType());
                return Linker.nativeLinker().upcallStub(compare, type, Arena.global());
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }

        static void sleep(int micros) {
            try {
                enough |= (int) SLEEP.invokeExact(micros) != 0;
            } catch (Throwable e) { // what invokeExact declares; C throws nothing
                throw new IllegalStateException(e);
            }
        }

        static void sort(long items) {
            try {
                SORT.invokeExact(Arena.global().allocate(16), items, 8L, COMPARE);
            } catch (Throwable e) {
                throw new IllegalStateException(e);
            }
        }
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
