package io.forkloom.cli.crawl.fetch;

import io.forkloom.cli.Size;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;

/** Reads a body into memory: never more than the limit, and more than a little only with a lease. */
final class BodyReader {
    /** @param lease holds the body's share of the memory until the page is parsed */
    @SuppressWarnings("ArrayRecordComponent")
    record Body(byte[] bytes, MemoryBudget.Lease lease) {}

    private static final int FIRST = 16 << 10;
    private static final Encodings PLAIN = new Encodings(List.of());

    private final long maxSize;
    private final MemoryBudget budget;

    BodyReader(long maxSize, MemoryBudget budget) {
        this.maxSize = maxSize;
        this.budget = budget;
    }

    /**
     * As it comes.
     *
     * @param announced the length that a server or a file system tells; negative where it does not
     * @param clock stands still while this waits for memory
     */
    Body read(InputStream in, long announced, Clock clock) throws IOException, FetchException, InterruptedException {
        return read(in, announced, PLAIN, clock);
    }

    /** Unpacked. The limit holds for what comes as for what comes out of it. */
    Body read(InputStream in, long announced, Encodings encodings, Clock clock)
            throws IOException, FetchException, InterruptedException {
        if (announced > maxSize) {
            throw tooLarge(announced + " bytes");
        }
        if (encodings.isEmpty()) {
            var body = receive(in, announced, 0, clock);
            body.lease.shrink(leased(body.bytes.length));
            return body;
        }
        // One lease for both, should one be needed: who held the first and waited for the second would wait forever.
        var packed = receive(in, announced, maxSize, clock);
        clock.pause();
        return unpack(packed, encodings);
    }

    private Body unpack(Body packed, Encodings encodings) throws FetchException, InterruptedException {
        var lease = packed.lease;
        try {
            boolean leased = packed.bytes.length > MemoryBudget.FREE;
            var bytes = encodings.decode(packed.bytes, leased ? maxSize : Math.min(maxSize, MemoryBudget.FREE));
            if (bytes.isEmpty() && !leased && maxSize > MemoryBudget.FREE) {
                lease = budget.lease(maxSize);
                bytes = encodings.decode(packed.bytes, maxSize);
            }
            var unpacked =
                    bytes.orElseThrow(() -> tooLarge("its " + packed.bytes.length + " bytes unpack to more than that"));
            lease.shrink(leased(unpacked.length));
            return new Body(unpacked, lease);
        } catch (FetchException | InterruptedException | RuntimeException | Error failure) {
            lease.close();
            throw failure;
        }
    }

    private static long leased(int bytes) {
        return bytes > MemoryBudget.FREE ? bytes : 0;
    }

    /** @param further what is leased on top, where anything is leased */
    private Body receive(InputStream in, long announced, long further, Clock clock)
            throws IOException, FetchException, InterruptedException {
        long room = announced > MemoryBudget.FREE ? announced : MemoryBudget.FREE;
        var lease = announced > MemoryBudget.FREE ? lease(announced + further, clock) : budget.none();
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
                    lease = lease(maxSize + further, clock);
                    room = maxSize;
                }
                if (filled == buffer.length) {
                    buffer = Arrays.copyOf(buffer, (int) Math.min(2L * buffer.length, maxSize + 1));
                }
            }
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
        return FetchException.lasting("larger than --max-size allows (" + new Size(maxSize) + "): " + size);
    }
}
