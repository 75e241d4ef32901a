package io.forkloom.testkit;

import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Everything that can go wrong in a worker, as task functions: {@code pool.call(Faults::exit, 7)}. Each takes one
 * argument, most of them one that says how. Not for threads of the JVM that runs the tests.
 */
public final class Faults {
    private static final CountDownLatch NEVER = new CountDownLatch(1);

    /** Keeps computed values alive. */
    private static volatile long sink;

    /** Keeps allocated memory alive. */
    @SuppressWarnings("UnusedVariable")
    private static volatile @Nullable Object hoard;

    @SuppressWarnings("UnusedVariable")
    private static volatile byte @Nullable [] litter;

    private Faults() {}

    // The process ends.

    public static String exit(int code) {
        System.exit(code);
        return "still here";
    }

    public static String halt(int code) {
        Runtime.getRuntime().halt(code);
        return "still here";
    }

    /** Exits with 1; a shutdown hook then changes that. */
    public static String haltInShutdownHook(int code) {
        Runtime.getRuntime()
                .addShutdownHook(new Thread(() -> Runtime.getRuntime().halt(code)));
        System.exit(1);
        return "still here";
    }

    /** A shutdown hook that exits waits for the end of all shutdown hooks, so for itself: the process never ends. */
    public static String exitInShutdownHook(int code) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> System.exit(code)));
        System.exit(1);
        return "still here";
    }

    /** From now on the worker ignores SIGTERM: its shutdown never ends. */
    public static String hangInShutdownHook(Gate.Door door) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            try (var _ = door.knock("shutdown hook")) {
                ignoreInterrupts(door);
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }));
        return "installed";
    }

    /** Writes to an address that is not mapped: SIGSEGV, and HotSpot's crash log. */
    @SuppressWarnings("restricted")
    public static String nativeCrash(long address) {
        MemorySegment.ofAddress(address).reinterpret(8).set(ValueLayout.JAVA_LONG, 0, 42);
        return "still here";
    }

    /** The process sends itself a signal, as {@code abort()} of the C library does. */
    public static String raise(int signal) {
        return "raise gave " + Native.call("raise", signal);
    }

    // Memory.

    @SuppressWarnings("InfiniteRecursion") // that is the fault
    public static int stackOverflow(int depth) {
        return stackOverflow(depth + 1) + 1;
    }

    public static String heapOutOfMemory(int blockBytes) {
        var blocks = new ArrayList<byte[]>();
        hoard = blocks;
        while (blocks.size() < 1_000_000) {
            blocks.add(new byte[blockBytes]);
        }
        return "enough for a million blocks";
    }

    /** As {@link #heapOutOfMemory}, by code that thinks it can go on. */
    public static String swallowOutOfMemory(int blockBytes) {
        try {
            return heapOutOfMemory(blockBytes);
        } catch (OutOfMemoryError e) {
            hoard = null;
            return "swallowed";
        }
    }

    /**
     * Fills the heap with small objects, which take long to collect, until about this is left, and keeps them. With
     * three or four megabytes of 64 the next task that allocates does little but collect.
     */
    public static String fillHeap(int freeBytes) {
        var lists = new ArrayList<List<Integer>>();
        hoard = lists;
        while (freeBytes() > freeBytes) {
            lists.add(IntStream.range(1000, 2000).boxed().toList());
            if (freeBytes() <= freeBytes) {
                System.gc(); // what is garbage counts as used until then
            }
        }
        return "full";
    }

    private static long freeBytes() {
        var runtime = Runtime.getRuntime();
        return runtime.maxMemory() - (runtime.totalMemory() - runtime.freeMemory());
    }

    public static String directOutOfMemory(int blockBytes) {
        var blocks = new ArrayList<ByteBuffer>();
        hoard = blocks;
        while (blocks.size() < 1_000_000) {
            blocks.add(ByteBuffer.allocateDirect(blockBytes));
        }
        return "enough for a million blocks";
    }

    public static String metaspaceOutOfMemory(int methods) {
        var loaders = new ArrayList<Class<?>>();
        hoard = loaders;
        for (int i = 0; i < 1_000_000; i++) {
            loaders.add(new Definer().define("made.Up" + i, methods));
        }
        return "enough for a million classes";
    }

    /** A thread whose stack no address space has room for. */
    public static String threadOutOfMemory(int gibibytes) {
        new Thread(null, () -> {}, "too big", (long) gibibytes << 30).start();
        return "there was room";
    }

    // It never ends.

    public static String loop(Gate.Door door) throws IOException {
        try (var _ = door.knock("loop")) {
            while (true) {
                sink = System.identityHashCode(door);
            }
        }
    }

    /** A loop whose counter is an int: without -XX:+UseCountedLoopSafepoints it has no safepoint poll. */
    public static String countedLoop(Gate.Door door) throws IOException {
        try (var _ = door.knock("counted loop")) {
            while (true) {
                int sum = 0;
                for (int i = 0; i < Integer.MAX_VALUE; i++) {
                    sum += i ^ (i >>> 3);
                }
                sink = sum;
            }
        }
    }

    /** Allocates and forgets; in a heap that is as good as full the collector runs all the time. */
    public static String litter(Gate.Door door) throws IOException {
        try (var _ = door.knock("litter")) {
            while (true) {
                litter = new byte[64 << 10];
            }
        }
    }

    public static String printForEver(Gate.Door door) throws IOException {
        try (var _ = door.knock("printing")) {
            while (true) {
                System.out.println("still going strong");
            }
        }
    }

    /** In a native call, where no safepoint is reached and no interrupt is heard. */
    public static String nativeLoop(Gate.Door door) throws IOException {
        try (var _ = door.knock("native call")) {
            return "sleep gave " + Native.call("sleep", 1_000_000);
        }
    }

    /** A class whose initialiser hangs. */
    public static String loopInClassInitialiser(Gate.Door door) throws IOException {
        try (var _ = door.knock("class initialiser")) {
            return "initialised: " + Hanging.NUMBER;
        }
    }

    public static String ignoreInterrupts(Gate.Door door) throws IOException {
        try (var _ = door.knock("deaf")) {
            while (true) {
                try {
                    NEVER.await();
                } catch (InterruptedException e) {
                    // heard, and ignored
                }
            }
        }
    }

    /** Starts {@code sleep 1000} and arrives under its pid; waits for it. */
    public static String startSleep(Gate.Door door) throws IOException {
        var child = new ProcessBuilder("sleep", "1000").start();
        return door.pass(Long.toString(child.pid()));
    }

    /** As {@link #startSleep}; the child holds the worker's standard output and error open. */
    public static String startSleepOnOurPipes(Gate.Door door) throws IOException {
        var child = new ProcessBuilder("sleep", "1000").inheritIO().start();
        return door.pass(Long.toString(child.pid()));
    }

    // What cannot cross.

    /** Not serialisable: its client is not. */
    public record Parcel(String name, Object client) implements Serializable {}

    public static final class ClientException extends Exception {
        private static final long serialVersionUID = 1;

        @SuppressWarnings("serial") // that is the fault
        final Object client;

        public ClientException(String message, Object client) {
            super(message);
            this.client = client;
        }
    }

    public static Parcel unserialisableResult(String name) {
        return new Parcel(name, new Thread());
    }

    public static String unserialisableException(String message) throws ClientException {
        throw new ClientException(message, new Thread());
    }

    /** An exception each of whose methods throws. */
    public static final class HostileException extends RuntimeException {
        private static final long serialVersionUID = 1;

        @Override
        public String getMessage() {
            throw new AssertionError("getMessage");
        }

        @Override
        public synchronized @Nullable Throwable getCause() {
            throw new AssertionError("getCause");
        }

        @Override
        public StackTraceElement[] getStackTrace() {
            throw new AssertionError("getStackTrace");
        }

        private void writeObject(ObjectOutputStream out) throws IOException {
            throw new AssertionError("writeObject");
        }
    }

    public static String hostileException(int ignored) {
        throw new HostileException();
    }

    public static String cyclicCauses(String message) {
        var first = new IllegalStateException(message);
        first.initCause(new IllegalArgumentException("the other way round", first));
        throw first;
    }

    /** An exception whose class only this JVM has. */
    public static String exceptionOfUnknownClass(String message) throws Exception {
        var type = new Definer().exception("made.up.GhostException");
        throw (Exception) type.getConstructor(String.class).newInstance(message);
    }

    /** An object whose class only this JVM has. */
    public static Object objectOfUnknownClass(String name) throws ReflectiveOperationException {
        return new Definer().serialisable(name).getConstructor().newInstance();
    }

    /** Does something bad when it is read. */
    public record Trap(Bait bait) implements Serializable {}

    /** What a {@link Trap} does in {@code readObject}. */
    public static final class Bait implements Serializable {
        private static final long serialVersionUID = 1;
        private final String fault;

        public Bait(String fault) {
            this.fault = fault;
        }

        private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
            in.defaultReadObject();
            switch (fault) {
                case "exit" -> exit(41);
                case "throw" -> throw new IllegalStateException("readObject throws");
                case "error" -> throw new AssertionError("readObject throws");
                case "overflow" -> stackOverflow(0);
                case "crash" -> nativeCrash(0);
                default -> throw new IllegalArgumentException(fault);
            }
        }
    }

    public static Trap trap(String fault) {
        return new Trap(new Bait(fault));
    }

    public static String spring(Trap trap) {
        return "a trap that did not snap: " + trap;
    }

    /** Does something bad when it is written. */
    public record Thorn(String fault) implements Serializable {
        private Object writeReplace() throws IOException {
            switch (fault) {
                case "exit" -> exit(42);
                case "throw" -> throw new NotSerializableException("writeReplace throws");
                case "error" -> throw new AssertionError("writeReplace throws");
                case "crash" -> nativeCrash(0);
                default -> throw new IllegalArgumentException(fault);
            }
            return "still here";
        }
    }

    public static Thorn thorn(String fault) {
        return new Thorn(fault);
    }

    // Helpers.

    private static final class Hanging {
        static final int NUMBER = hang();

        private static int hang() {
            while (sink >= 0) {
                sink = 1;
            }
            return 0;
        }
    }
}
