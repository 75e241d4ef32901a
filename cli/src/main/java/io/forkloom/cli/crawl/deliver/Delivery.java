package io.forkloom.cli.crawl.deliver;

import io.forkloom.cli.Console;
import io.forkloom.cli.crawl.parse.Result;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Where results and failures go. Any thread may deliver; lines stay whole. Into files: whole files or none, renamed by
 * {@link #commit}, the failures' first, so that the results' file says that both are complete.
 */
public final class Delivery implements AutoCloseable {
    private final Destination destination;
    private final Console console;
    private final @Nullable AtomicFile file;
    private final OutputStream results;
    private final JsonLines resultLines;
    private @Nullable AtomicFile failureFile;
    private @Nullable JsonLines failureLines;

    private Delivery(Destination destination, Console console, @Nullable AtomicFile file, OutputStream results) {
        this.destination = destination;
        this.console = console;
        this.file = file;
        this.results = results;
        this.resultLines = new JsonLines(results);
    }

    /** Creates the temporary file at once: an output that cannot be written is known before work starts. */
    public static Delivery open(Destination destination, Console console) {
        try {
            return switch (destination) {
                case Destination.Beside beside -> {
                    var file = AtomicFile.create(beside.results(), beside.overwrite());
                    yield new Delivery(destination, console, file, file.stream());
                }
                case Destination.Direct direct ->
                    new Delivery(destination, console, null, new BufferedOutputStream(direct.open(console), 64 << 10));
            };
        } catch (IOException failure) {
            throw destination.unwritable(failure);
        }
    }

    public synchronized void deliver(Result result) throws IOException {
        resultLines.write(result);
        // Somebody may be reading the other end of a pipe.
        if (file == null) {
            results.flush();
        }
    }

    public synchronized void fail(Failure failure) throws IOException {
        if (failureLines == null) {
            failureLines = new JsonLines(failures());
        }
        if (destination instanceof Destination.Direct && console.terminal()) {
            // The progress line stands there; it comes again below.
            console.err().print("\r\u001b[K");
        }
        failureLines.write(failure);
    }

    private OutputStream failures() throws IOException {
        return switch (destination) {
            case Destination.Beside beside -> {
                failureFile = AtomicFile.create(beside.failures(), beside.overwrite());
                yield failureFile.stream();
            }
            case Destination.Direct _ -> console.err();
        };
    }

    /** Everything was delivered. */
    public synchronized void commit() throws IOException {
        if (destination instanceof Destination.Beside beside && failureFile == null) {
            beside.removeStaleFailures();
        }
        if (failureFile != null) {
            failureFile.commit();
        }
        if (file != null) {
            file.commit();
        } else {
            results.flush();
        }
        if (console.out().checkError()) {
            throw new IOException("standard output was closed");
        }
    }

    @Override
    public synchronized void close() throws IOException {
        try (var _ = file;
                var _ = failureFile) {
            if (file == null && destination instanceof Destination.Direct direct) {
                direct.close(results);
            }
        }
    }
}
