package io.forkloom.testkit;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.stream.IntStream;

/** Functions of the C library, by which code in a process does what no Java code could. Linux only. */
@SuppressWarnings("restricted")
final class Native {
    /** SOL_SOCKET and SO_RCVBUF. */
    private static final int SOCKET = 1;

    private static final int RECEIVE_BUFFER = 8;

    /** RLIMIT_AS. */
    private static final int ADDRESS_SPACE = 9;

    /** Processes have few descriptors; the first hundreds are all of them. */
    private static final int DESCRIPTORS = 1024;

    private Native() {}

    /** A function that takes an int and gives one. */
    static int call(String function, int argument) {
        try {
            return (int) function(function, FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT))
                    .invokeExact(argument);
        } catch (Throwable e) { // what invokeExact declares; C throws nothing
            throw new IllegalStateException(e);
        }
    }

    /** Runs a command of the shell in a child, which inherits every descriptor; gives its exit status. */
    static int system(String command) {
        try (var arena = Arena.ofConfined()) {
            return (int) function("system", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS))
                    .invokeExact(arena.allocateFrom(command));
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    /** Bounds the address space of this process, as {@code ulimit -v} does; can be called again with more. */
    static void limitAddressSpace(long bytes) {
        var type = FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.ADDRESS);
        try (var arena = Arena.ofConfined()) {
            var limits = arena.allocate(ValueLayout.JAVA_LONG, 2); // soft, hard
            if ((int) function("getrlimit", type).invokeExact(ADDRESS_SPACE, limits) == 0) {
                limits.set(ValueLayout.JAVA_LONG, 0, bytes);
                if ((int) function("setrlimit", type).invokeExact(ADDRESS_SPACE, limits) == 0) {
                    return;
                }
            }
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
        throw new IllegalStateException("setrlimit failed");
    }

    /** Writes all bytes to a descriptor, in blocking mode. */
    static void write(int descriptor, byte[] bytes) {
        var write = function(
                "write",
                FunctionDescriptor.of(
                        ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_LONG));
        try (var arena = Arena.ofConfined()) {
            var memory = arena.allocateFrom(ValueLayout.JAVA_BYTE, bytes);
            for (long at = 0; at < bytes.length; ) {
                long written = (long) write.invokeExact(descriptor, memory.asSlice(at), bytes.length - at);
                if (written < 0) {
                    throw new IllegalStateException("write to descriptor " + descriptor + " failed");
                }
                at += written;
            }
        } catch (RuntimeException e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    /** The one socket of this process that has such a buffer. */
    static int withReceiveBuffer(int bytes) {
        var found = IntStream.range(0, DESCRIPTORS)
                .filter(descriptor -> receiveBuffer(descriptor) == bytes)
                .toArray();
        if (found.length != 1) {
            throw new IllegalStateException(found.length + " sockets have a receive buffer of " + bytes + " bytes");
        }
        return found[0];
    }

    /** 0 where there is no socket. */
    private static int receiveBuffer(int descriptor) {
        var getsockopt = function(
                "getsockopt",
                FunctionDescriptor.of(
                        ValueLayout.JAVA_INT,
                        ValueLayout.JAVA_INT,
                        ValueLayout.JAVA_INT,
                        ValueLayout.JAVA_INT,
                        ValueLayout.ADDRESS,
                        ValueLayout.ADDRESS));
        try (var arena = Arena.ofConfined()) {
            var value = arena.allocate(ValueLayout.JAVA_INT);
            var length = arena.allocateFrom(ValueLayout.JAVA_INT, Integer.BYTES);
            int result = (int) getsockopt.invokeExact(descriptor, SOCKET, RECEIVE_BUFFER, value, length);
            return result == 0 ? value.get(ValueLayout.JAVA_INT, 0) : 0;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    private static MethodHandle function(String name, FunctionDescriptor type) {
        var linker = Linker.nativeLinker();
        MemorySegment address = linker.defaultLookup().findOrThrow(name);
        return linker.downcallHandle(address, type);
    }
}
