package io.forkloom.canary;

import io.forkloom.TaskPool;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.ObjectInputStream;

/** Breaks every house rule once, so that a rule which sees nothing is noticed. Never run. */
final class BadManners {
    private BadManners() {}

    @SuppressWarnings({"SystemOut", "BanSerializableRead"})
    static Object all(TaskPool pool, byte[] bytes) throws IOException, ClassNotFoundException {
        System.out.println(System.nanoTime() + pool.workers());
        new ProcessBuilder("true").start();
        Thread.ofPlatform().start(() -> {});
        if (bytes.length > 1_000_000) {
            System.exit(1);
        }
        try (var in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
            return in.readObject();
        }
    }
}
