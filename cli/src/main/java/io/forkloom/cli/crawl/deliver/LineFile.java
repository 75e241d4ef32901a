package io.forkloom.cli.crawl.deliver;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.forkloom.cli.Console;
import io.forkloom.cli.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A file with a result a line, or a row of such files: {@code OUT-00001.jsonl} and so on. Whole files or none: they grow
 * as {@code .part}, and get their names when all of them are complete.
 *
 * @param kind of lines, as in a prefix of {@code --to}
 * @param path as the user has it, absolute, behind links
 * @param gzip whether its name ends so
 * @param split the size after which another file begins
 * @param overwrite whether what is there may be replaced
 */
record LineFile(String kind, Path path, LineFormat format, boolean gzip, OptionalLong split, boolean overwrite)
        implements Target {

    static LineFile of(String kind, Path path, DeliverOptions options) {
        boolean gzip = path.toString().endsWith(".gz");
        var format = kind.equals("csv") ? new CsvLines(options.fields()) : LineFormat.JSON;
        return new LineFile(kind, path, format, gzip, options.split(), options.overwrite());
    }

    @Override
    public String name() {
        return kind + ":" + (split.isPresent() ? row().pattern() : path);
    }

    @Override
    public Optional<Path> home() {
        return Optional.of(path);
    }

    @Override
    public void refuseExisting() throws IOException {
        var there = split.isPresent() ? row().complete().map(row()::file) : Optional.of(path);
        if (!overwrite && there.filter(Beside::isThere).isPresent()) {
            throw new InputException(there.get() + " exists: name another file, or give --overwrite");
        }
        // An empty one is of a crawl that was killed before it had a journal.
        Path part = split.isPresent() ? row().part(1) : Beside.of(path, Beside.PART);
        if (!overwrite && Files.exists(part) && Files.size(part) > 0) {
            throw new InputException(
                    part + " has results of a crawl whose journal is gone: move it away, or give" + " --overwrite");
        }
    }

    @Override
    public long end() throws IOException {
        if (split.isEmpty()) {
            return Files.size(required(Files.exists(path) ? Optional.of(path) : Optional.empty()));
        }
        int last = required(row().complete());
        return new Place(last, Files.size(row().file(last))).packed();
    }

    private <T> T required(Optional<T> complete) {
        return complete.orElseThrow(() -> new InputException(this + ": there are no complete results to add to"));
    }

    @Override
    public Sink open(long position, Console console) throws IOException {
        return split.isPresent() ? RowSink.open(this, position) : FileSink.open(this, position);
    }

    @Override
    public boolean isOwn(Path file) {
        return Target.super.isOwn(file) || (split.isPresent() && row().isOwn(file));
    }

    FileRow row() {
        return FileRow.of(path);
    }

    /** Begins a file, with its header. */
    PartFile create(Path file) throws IOException {
        var part = PartFile.create(file, gzip);
        try {
            part.write(format.header());
            return part;
        } catch (IOException failure) {
            part.close();
            throw failure;
        }
    }

    /** Goes on with a file. */
    PartFile at(Path file, long length) throws IOException {
        var part = PartFile.at(file, gzip, length);
        try {
            if (!part.beginsWith(format.header())) {
                throw new InputException(file + " has other columns than " + new String(format.header(), UTF_8).strip()
                        + ": give the --fields that it was begun with");
            }
            return part;
        } catch (IOException | InputException failure) {
            part.close();
            throw failure;
        }
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
