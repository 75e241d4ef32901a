package io.forkloom.cli.crawl.deliver;

import io.forkloom.cli.Console;
import io.forkloom.cli.InputException;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Standard output, a device or a named pipe: what went out is gone, and there is nothing to go on from. */
record Outlet(String place, LineFormat format) implements Target {
    static final String STANDARD = "-";

    boolean isStandardOutput() {
        return place.equals(STANDARD);
    }

    @Override
    public String name() {
        return place;
    }

    @Override
    public void refuseExisting() {}

    @Override
    public long end() {
        throw new InputException("nothing can be added to what " + this + " was given");
    }

    /** Waits, at a named pipe, until somebody reads it. */
    @Override
    public Sink open(long position, Console console) throws IOException {
        OutputStream out = isStandardOutput()
                ? standardOutput(console)
                : Files.newOutputStream(Path.of(place), StandardOpenOption.WRITE);
        return new OutletSink(format, out, !isStandardOutput());
    }

    private static OutputStream standardOutput(Console console) {
        return new FilterOutputStream(console.out()) {
            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                console.out().write(bytes, offset, length);
                check();
            }

            @Override
            public void flush() throws IOException {
                console.out().flush();
                check();
            }

            // A PrintStream swallows errors: nobody reads the pipe any more.
            private void check() throws IOException {
                if (console.out().checkError()) {
                    throw new IOException("it was closed");
                }
            }
        };
    }

    @Override
    public String toString() {
        return isStandardOutput() ? "standard output" : place;
    }
}
