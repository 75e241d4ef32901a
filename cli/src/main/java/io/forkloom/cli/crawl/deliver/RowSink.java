package io.forkloom.cli.crawl.deliver;

import io.forkloom.cli.InputException;
import java.io.IOException;
import java.nio.file.Files;

/**
 * Appends results to a row of files, the next one when a result would not fit into the last. Its position is a
 * {@link Place}. The claim stands for the whole row until it is complete.
 */
final class RowSink implements Sink {
    private final LineFile target;
    private final FileRow row;
    private final long limit;
    private final Claim claim;
    private int number;
    private PartFile part;
    private long empty;

    private RowSink(LineFile target, Claim claim, Place place) throws IOException {
        this.target = target;
        this.row = target.row();
        this.limit = target.split().orElseThrow();
        this.claim = claim;
        this.number = place.number();
        requireThoseBefore();
        row.removeBehind(number, Beside.PART);
        boolean fresh = place.offset() == 0;
        this.part = fresh ? target.create(row.file(number)) : target.at(row.file(number), place.offset());
        this.empty = fresh ? part.size() : 0;
    }

    static RowSink open(LineFile target, long position) throws IOException {
        var claim = Claim.of(target.path());
        try {
            return new RowSink(target, claim, Place.of(position));
        } catch (IOException | RuntimeException failure) {
            claim.close();
            throw failure;
        }
    }

    /** They are parts, or, where a crawl ended while they got their names, have their names. */
    private void requireThoseBefore() {
        for (int before = 1; before < number; before++) {
            if (!Files.exists(row.part(before)) && !Files.exists(row.file(before))) {
                throw new InputException(row.part(before) + " is gone: bring it back, or begin anew with --overwrite");
            }
        }
    }

    @Override
    public void write(Parcel parcel) throws IOException {
        byte[] line = target.format().line(parcel.result());
        if (part.size() > empty && part.size() + line.length > limit) {
            next();
        }
        part.write(line);
    }

    private void next() throws IOException {
        if (number == Place.MOST_FILES) {
            throw new IOException("no more than " + Place.MOST_FILES + " files: give a larger --split");
        }
        part.flush();
        part.close();
        number++;
        part = target.create(row.file(number));
        empty = part.size();
    }

    @Override
    public long flush() throws IOException {
        part.flush();
        return new Place(number, part.size()).packed();
    }

    @Override
    public void commit() throws IOException {
        part.flush(); // a header, at least
        for (int i = 1; i <= number; i++) {
            if (Files.exists(row.part(i))) {
                PartFile.publish(row.file(i), target.overwrite());
            }
        }
        if (target.overwrite()) {
            // Of an earlier crawl that needed more of them.
            row.removeBehind(number, "");
        }
        Beside.force(row.folder());
        claim.remove();
    }

    @Override
    public void close() throws IOException {
        try (claim) {
            part.close();
        }
    }
}
