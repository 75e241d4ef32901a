package io.forkloom.examples;

import io.forkloom.async.Generator;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * B7, a generator: an endless stream, one element at a time, without filling memory. Whoever has had enough closes it, and the
 * body's clean-up runs, as it would for a cursor of a database.
 */
public final class EndlessStream {
    private static final int AHEAD = 8;

    private EndlessStream() {}

    public static void main(String[] args) {
        var read = new AtomicInteger();
        try (var prices = Generator.<Integer>of(AHEAD, out -> {
            IO.println("cursor: open");
            try {
                while (true) {
                    out.yield(100 + read.incrementAndGet() % 7);
                }
            } finally {
                IO.println("cursor: closed");
            }
        })) {
            int taken = 0;
            for (int price : prices) {
                taken++;
                if (price == 106 && taken > 1_000) {
                    break;
                }
            }
            IO.println("taken: " + taken);
            IO.println("read no further ahead than the buffer: " + (read.get() - taken <= AHEAD + 1));
        }
        try (var numbers = Generator.<Integer>of(out -> {
            for (int i = 1; ; i++) {
                out.yield(i);
            }
        })) {
            IO.println(numbers.stream().filter(i -> i % 3 == 0).limit(5).toList());
        }
    }
}
