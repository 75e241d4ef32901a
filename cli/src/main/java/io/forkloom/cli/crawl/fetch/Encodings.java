package io.forkloom.cli.crawl.fetch;

import io.forkloom.cli.crawl.fetch.BoundedStream.TooLongException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.net.http.HttpHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.brotli.dec.BrotliInputStream;

/**
 * How a body was compressed, in the order in which it was done.
 *
 * <p>Decoding reads from memory alone, so it never parks: on virtual threads no more of it goes on at a time than there
 * are cores, however much one decoder takes (brotli's window may have 16 MiB). Each layer is bounded for itself: a bomb
 * may be in one that the next throws away.
 */
record Encodings(List<String> names) {
    /** For the request. */
    static final String ACCEPTED = "gzip, deflate, br";

    private static final int MOST_LAYERS = 3;
    private static final Set<String> OURS = Set.of("gzip", "x-gzip", "deflate", "br");
    /** Registered, never asked for, and unreadable if taken for the content. What is not registered is no coding. */
    private static final Set<String> FOREIGN = Set.of("zstd", "compress", "x-compress", "dcb", "dcz", "exi");

    /** Servers send names that are no codings, such as {@code utf-8}: as browsers do, this passes them over. */
    static Encodings of(HttpHeaders headers) throws FetchException {
        var names = new ArrayList<String>();
        for (String header : headers.allValues("Content-Encoding")) {
            for (String part : header.split(",", -1)) {
                String name = part.strip().toLowerCase(Locale.ROOT);
                if (FOREIGN.contains(name)) {
                    throw FetchException.lasting(
                            "is sent with Content-Encoding " + name + ", though only " + ACCEPTED + " were asked for");
                }
                if (OURS.contains(name)) {
                    names.add(name);
                }
                if (names.size() > MOST_LAYERS) {
                    throw FetchException.lasting("is compressed more than " + MOST_LAYERS + " times over");
                }
            }
        }
        return new Encodings(names);
    }

    boolean isEmpty() {
        return names.isEmpty();
    }

    /** Empty where more than {@code limit} bytes come out. */
    Optional<byte[]> decode(byte[] content, long limit) throws FetchException {
        try (var in = open(content, limit)) {
            return Optional.of(in.readAllBytes());
        } catch (TooLongException bomb) {
            return Optional.empty();
        } catch (IOException | RuntimeException wrong) {
            throw wrong(wrong);
        }
    }

    /** As many bytes as come out, at most so many. */
    byte[] decodeStart(byte[] content, int limit) throws FetchException {
        try (var in = open(content, Long.MAX_VALUE)) {
            return in.readNBytes(limit);
        } catch (IOException | RuntimeException wrong) {
            throw wrong(wrong);
        }
    }

    private InputStream open(byte[] content, long limit) throws IOException {
        InputStream in = new ByteArrayInputStream(content);
        if (content.length > 0) {
            for (String name : names.reversed()) {
                in = new BoundedStream(decoder(name, in), limit);
            }
        }
        return in;
    }

    /** Brotli's decoder trips over some contents instead of refusing them. */
    private FetchException wrong(Exception failure) {
        return FetchException.lasting("says Content-Encoding: " + String.join(", ", names) + ", but its content is "
                + "something else or is not whole" + (failure.getMessage() == null ? "" : ": " + failure.getMessage()));
    }

    private static InputStream decoder(String name, InputStream in) throws IOException {
        return switch (name) {
            case "br" -> new BrotliInputStream(in);
            case "deflate" -> deflate(in);
            default -> new GZIPInputStream(in);
        };
    }

    /** Meant is zlib's format; some servers send the bare deflate. */
    private static InputStream deflate(InputStream in) throws IOException {
        var start = new PushbackInputStream(in, 2);
        byte[] header = start.readNBytes(2);
        start.unread(header);
        boolean zlib = header.length == 2
                && (header[0] & 0x0f) == 8
                && (((header[0] & 0xff) << 8) | (header[1] & 0xff)) % 31 == 0;
        if (zlib) {
            return new InflaterInputStream(start);
        }
        var bare = new Inflater(true);
        return new InflaterInputStream(start, bare) {
            @Override
            public void close() throws IOException {
                super.close();
                // The stream ends only an inflater of its own.
                bare.end();
            }
        };
    }
}
