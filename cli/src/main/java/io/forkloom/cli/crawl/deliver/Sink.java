package io.forkloom.cli.crawl.deliver;

import java.io.IOException;

/**
 * One place where results go. One thread uses it: it writes a batch, and flushes.
 *
 * <p>What was flushed is told to the journal together with the inputs that it belongs to. So after a crash, whatever was
 * written since the last flush that the journal knows of comes again: a sink that appends is opened at the position that the
 * journal has, and drops what stands behind it; one that stores by {@link Parcel#key} just stores it again.
 */
public interface Sink extends AutoCloseable {
    /** Takes a result in, or {@linkplain Parcel#refuse refuses} it, at the next flush at the latest. */
    void write(Parcel parcel) throws IOException, InterruptedException;

    /**
     * Waits until everything that was written is where it belongs, and would be there after a power cut.
     *
     * @return how far it is, for {@link #write} to go on from after a crash; 0 where that means nothing
     * @throws IOException if no other result would fare better: it ends the crawl
     */
    long flush() throws IOException, InterruptedException;

    /** The crawl is complete, and all of it was flushed: the place gets its name. */
    void commit() throws IOException;

    /** Without a commit the place stays as it is, to be gone on with. */
    @Override
    void close() throws IOException;
}
