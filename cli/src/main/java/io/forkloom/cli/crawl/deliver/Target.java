package io.forkloom.cli.crawl.deliver;

import io.forkloom.cli.Console;
import io.forkloom.cli.InputException;
import io.forkloom.cli.crawl.source.Problems;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** What one {@code --to} names. Knows the place, and holds nothing open. */
public sealed interface Target permits LineFile, Table, Folder, Endpoint, Outlet {

    /** What its position is noted under: the same for the same {@code --to}, in whatever folder the command is started. */
    String name();

    /** The file or folder; empty for a server, a device and standard output. */
    default Optional<Path> home() {
        return Optional.empty();
    }

    /** Whether results can be refused one by one, which a place that only appends should know before it appends. */
    default boolean canRefuse() {
        return false;
    }

    /**
     * Refuses to touch what is there from before, for a crawl that begins.
     *
     * @throws InputException that says what is there, and what to do
     */
    void refuseExisting() throws IOException;

    /**
     * Where complete results end, for one who wants to add to them.
     *
     * @throws InputException if there are none
     */
    long end() throws IOException;

    /**
     * Opens it to go on from a position; at 0 it begins anew, and replaces what is there.
     *
     * @throws InputException if what is there is not what was left at this position, or another crawl is at work on it
     */
    Sink open(long position, Console console) throws IOException;

    /** Whether a walk over a folder must not take this file for a source. */
    default boolean isOwn(Path file) {
        return home().filter(own -> Beside.isOwn(own, file)).isPresent();
    }

    /** The error for the user. */
    default InputException unwritable(IOException failure) {
        return new InputException("cannot write " + this + ": " + Problems.describe(failure), failure);
    }
}
