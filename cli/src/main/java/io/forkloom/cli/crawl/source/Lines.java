package io.forkloom.cli.crawl.source;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads lines of UTF-8 of at most {@link #MAX_LENGTH} characters; of a longer one it keeps the beginning. */
final class Lines implements AutoCloseable {
    /** Longer than any address that servers take; without a bound one line could fill the memory. */
    static final int MAX_LENGTH = 16_384;

    private final Reader reader;
    private final char[] buffer = new char[8_192];
    private int from;
    private int to;

    Lines(InputStream in) {
        // Malformed bytes become U+FFFD: the source then fails by its own name instead of ending the crawl.
        reader = new InputStreamReader(in, StandardCharsets.UTF_8);
    }

    /** The next line without its end; null after the last. */
    @Nullable
    String next() throws IOException {
        var line = new StringBuilder();
        int read = read();
        if (read < 0) {
            return null;
        }
        while (read >= 0 && read != '\n') {
            if (line.length() <= MAX_LENGTH) {
                line.append((char) read);
            }
            read = read();
        }
        return line.toString();
    }

    private int read() throws IOException {
        if (from == to) {
            from = 0;
            to = Math.max(0, reader.read(buffer));
            if (to == 0) {
                return -1;
            }
        }
        return buffer[from++];
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
