package io.forkloom.cli.crawl.deliver;

import java.io.IOException;

/** Appends results to one file. Its position is the length of the file. */
final class FileSink implements Sink {
    private final LineFile target;
    private final PartFile part;

    private FileSink(LineFile target, PartFile part) {
        this.target = target;
        this.part = part;
    }

    static FileSink open(LineFile target, long position) throws IOException {
        return new FileSink(target, position == 0 ? target.create(target.path()) : target.at(target.path(), position));
    }

    @Override
    public void write(Parcel parcel) throws IOException {
        part.write(target.format().line(parcel.result()));
    }

    @Override
    public long flush() throws IOException {
        part.flush();
        return part.size();
    }

    @Override
    public void commit() throws IOException {
        part.flush(); // a header, at least
        PartFile.publish(target.path(), target.overwrite());
        Beside.force(Beside.folder(target.path()));
    }

    @Override
    public void close() throws IOException {
        part.close();
    }
}
