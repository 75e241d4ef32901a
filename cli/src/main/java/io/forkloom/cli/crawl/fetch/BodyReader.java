package io.forkloom.cli.crawl.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Reads a body into memory: never more than the limit, and more than a little only with a lease. */
final class BodyReader {
    /** @param lease holds the body's share of the memory until the page is parsed */
    @SuppressWarnings("ArrayRecordComponent")
    record Body(byte[] bytes, MemoryBudget.Lease lease) {}

    private static final int FIRST = 16 << 10;

    private final long maxSize;
    private final MemoryBudget budget;

    BodyReader(long maxSize, MemoryBudget budget) {
        this.maxSize = maxSize;
        this.budget = budget;
    }

    /**
     * @param announced the length that a server or a file system tells; negative where it does not
     * @param clock stands still while this waits for memory
     */
    Body read(InputStream in, long announced, Clock clock) throws IOException, FetchException, InterruptedException {
        if (announced > maxSize) {
            throw tooLarge(announced + " bytes");
        }
        long room = announced > MemoryBudget.FREE ? announced : MemoryBudget.FREE;
        var lease = announced > MemoryBudget.FREE ? lease(announced, clock) : budget.none();
        try {
            var buffer = new byte[(int) (announced >= 0 ? announced + 1 : FIRST)];
            int filled = 0;
            int count;
            while ((count = in.read(buffer, filled, buffer.length - filled)) >= 0) {
                filled += count;
                if (filled > maxSize) {
                    throw tooLarge("more than that");
                }
                if (filled > room && room < maxSize) {
                    if (announced > MemoryBudget.FREE) {
                        throw FetchException.lasting("is longer than the " + announced + " bytes announced");
                    }
                    lease = lease(maxSize, clock);
                    room = maxSize;
                }
                if (filled == buffer.length) {
                    buffer = Arrays.copyOf(buffer, (int) Math.min(2L * buffer.length, maxSize + 1));
                }
            }
            lease.shrink(filled > MemoryBudget.FREE ? filled : 0);
            return new Body(Arrays.copyOf(buffer, filled), lease);
        } catch (IOException | FetchException | InterruptedException | RuntimeException | Error failure) {
            lease.close();
            throw failure;
        }
    }

    private MemoryBudget.Lease lease(long bytes, Clock clock) throws InterruptedException {
        clock.pause();
        var lease = budget.lease(bytes);
        clock.go();
        return lease;
    }

    private FetchException tooLarge(String size) {
        return FetchException.lasting(
                "larger than --max-size allows (" + new io.forkloom.cli.Size(maxSize) + "): " + size);
    }
}
