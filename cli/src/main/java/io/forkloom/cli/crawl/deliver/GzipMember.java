package io.forkloom.cli.crawl.deliver;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.GZIPOutputStream;

/** One of the members that follow one another in a gzip file, which unpack as one. Its end leaves the file open. */
final class GzipMember extends GZIPOutputStream {
    private static final int BUFFER = 16 << 10;

    GzipMember(OutputStream file) throws IOException {
        super(
                new FilterOutputStream(file) {
                    @Override
                    public void write(byte[] bytes, int offset, int length) throws IOException {
                        out.write(bytes, offset, length);
                    }

                    @Override
                    public void close() {}
                },
                BUFFER);
    }

    /** Gives its native memory back, and writes nothing more. */
    void discard() {
        def.end();
    }
}
