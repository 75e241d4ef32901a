package io.forkloom.testkit;

import java.io.FileInputStream;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Pattern;

/** What must not be done on a virtual thread, each without an end: whoever lets them run ends the JVM. */
final class Slow {
    static final Object LOCK = new Object();
    private static final CountDownLatch NEVER = new CountDownLatch(1);
    private static final int LONG_NAP = 500_000; // 500 ms, in microseconds
    static volatile double result;
    static volatile boolean enough;

    private Slow() {}

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

    /** For 40 characters it takes longer than anybody has. */
    static void match() {
        enough = Pattern.compile("(x+x+)+y").matcher("x".repeat(40)).matches();
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
