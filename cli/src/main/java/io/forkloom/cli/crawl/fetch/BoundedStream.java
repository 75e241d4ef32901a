package io.forkloom.cli.crawl.fetch;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Ends with an exception where more comes than was allowed: what is unpacked has no length that can be believed. */
final class BoundedStream extends FilterInputStream {
    /** More came than was allowed. */
    static final class TooLongException extends IOException {
        private static final long serialVersionUID = 1;

        TooLongException(long limit) {
            super("is longer than " + limit + " bytes");
        }
    }

    private final long limit;
    private long read;

    BoundedStream(InputStream in, long limit) {
        super(in);
        this.limit = limit;
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] to, int at, int length) throws IOException {
        int count = super.read(to, at, length);
        read += Math.max(0, count);
        if (read > limit) {
            throw new TooLongException(limit);
        }
        return count;
    }
}
