package io.forkloom.testkit;

import io.forkloom.Broadcast;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;

/** Tasks of the soak, as they run in workers; the harmful ones are in {@link Faults}. */
final class SoakWork {
    private static final CountDownLatch NEVER = new CountDownLatch(1);

    private SoakWork() {}

    /** Squares, more of them than anybody looks up. */
    static int[] table() {
        return IntStream.range(0, 50_000).map(n -> n * n).toArray();
    }

    static int lookUp(Broadcast<int[]> table, int n) {
        return table.value()[n];
    }

    /** A sum that takes a while, and that the pool's side can compute as well. */
    static int spin(int rounds) {
        int sum = 0;
        for (int i = 0; i < rounds; i++) {
            sum = sum * 31 + Integer.hashCode(i ^ sum);
        }
        return sum;
    }

    static byte[] reversed(byte[] bytes) {
        var back = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            back[i] = bytes[bytes.length - 1 - i];
        }
        return back;
    }

    /** Until it is interrupted, or for ever. */
    static String hang(String ignored) throws InterruptedException {
        NEVER.await();
        return "never";
    }

    /** As {@link #hang}, and a child process with it, which holds the worker's output open. */
    static String hangWithChild(String ignored) throws Exception {
        var _ = new ProcessBuilder("sleep", "1000").inheritIO().start();
        return hang(ignored);
    }

    /** Ends well when it is interrupted. */
    static String giveIn(String word) {
        try {
            return hang(word);
        } catch (InterruptedException e) {
            return word;
        }
    }

    /** Lines, and then one that is very long and never ends. */
    static int flood(int lines) {
        for (int i = 0; i < lines; i++) {
            System.out.println("line " + i);
            System.err.println("error " + i);
        }
        System.out.print("x".repeat(lines * 100));
        System.out.flush();
        return lines;
    }
}
