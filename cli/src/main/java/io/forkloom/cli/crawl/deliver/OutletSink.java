package io.forkloom.cli.crawl.deliver;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Writes lines to somebody who reads them as they come. */
final class OutletSink implements Sink {
    private static final int BUFFER = 64 << 10;

    private final LineFormat format;
    private final OutputStream out;
    private final OutputStream buffered;
    private final boolean ours;

    /** Closes the stream in the end if it is ours. */
    OutletSink(LineFormat format, OutputStream out, boolean ours) throws IOException {
        this.format = format;
        this.out = out;
        this.buffered = new BufferedOutputStream(out, BUFFER);
        this.ours = ours;
        buffered.write(format.header());
    }

    @Override
    public void write(Parcel parcel) throws IOException {
        buffered.write(format.line(parcel.result()));
    }

    @Override
    public long flush() throws IOException {
        buffered.flush();
        return 0;
    }

    @Override
    public void commit() throws IOException {
        buffered.flush(); // a header, at least
    }

    @Override
    public void close() throws IOException {
        if (ours) {
            out.close();
        }
    }
}
