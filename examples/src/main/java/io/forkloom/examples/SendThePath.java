package io.forkloom.examples;

import io.forkloom.ProcessPool;
import io.forkloom.SerialisationException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * C10, the price of serialising: data is copied on its way to a worker, so send where it is, a path or an index, and let the
 * worker read it. A limit on messages finds the calls that do not.
 */
public final class SendThePath {
    private static final int PARTS = 8;
    private static final int PART = 1_000_000;

    private SendThePath() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        var folder = Files.createTempDirectory("forkloom-example-");
        var file = folder.resolve("samples.bin");
        byte[] samples = new byte[PARTS * PART];
        new Random(1).nextBytes(samples);
        Files.write(file, samples);

        // The largest argument or result that may cross, and where relative paths begin for a worker.
        try (var pool = ProcessPool.open(
                c -> c.workers(2).heap("128m").messageLimit("64k").directory(folder))) {
            try {
                IO.println("did not expect " + pool.call(SendThePath::sum, samples));
            } catch (SerialisationException e) {
                IO.println("the data: " + e.getMessage());
            }
            IO.println("its path, " + "samples.bin".length() + " characters: "
                    + pool.call(SendThePath::sumOfFile, "samples.bin"));

            var parts = IntStream.range(0, PARTS).boxed().toList();
            List<Long> sums = pool.map(SendThePath::sumOfPart, parts).toList();
            IO.println("an index each, so that all workers share the work: "
                    + sums.stream().mapToLong(sum -> sum).sum());
            IO.println("the same here: " + sum(samples));
        } finally {
            Files.delete(file);
            Files.delete(folder);
        }

        // What exists in memory only, and many tasks use: sent to each worker once.
        try (var pool = ProcessPool.open(c -> c.workers(2).heap("128m"));
                var all = pool.broadcast(samples)) {
            long sum = 0;
            for (long part : pool.map(
                    number -> sum(part(all.value(), number)),
                    IntStream.range(0, PARTS).boxed().toList())) {
                sum += part;
            }
            IO.println("a broadcast, and an index each: " + sum);
        }
    }

    private static byte[] part(byte[] samples, int number) {
        return Arrays.copyOfRange(samples, number * PART, (number + 1) * PART);
    }

    static long sum(byte[] samples) {
        long sum = 0;
        for (byte sample : samples) {
            sum += sample;
        }
        return sum;
    }

    static long sumOfFile(String path) throws IOException {
        return sum(Files.readAllBytes(Path.of(path)));
    }

    static long sumOfPart(int number) throws IOException {
        var part = ByteBuffer.allocate(PART);
        try (var file = new RandomAccessFile("samples.bin", "r")) {
            int _ = file.getChannel().read(part, (long) number * PART);
        }
        return sum(part.array());
    }
}
