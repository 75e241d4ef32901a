package io.forkloom.cli.crawl.fetch;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.NameValuePair;

/** The head of a server's answer, and its body as it comes over the wire. */
final class Response implements AutoCloseable {
    private final URI uri;
    private final HttpUriRequestBase request;
    private final ClassicHttpResponse answer;
    private final InputStream body;

    /** @param received is told of all bytes of the body, as they are read */
    Response(URI uri, HttpUriRequestBase request, ClassicHttpResponse answer, IntConsumer received) throws IOException {
        this.uri = uri;
        this.request = request;
        this.answer = answer;
        var entity = answer.getEntity();
        this.body = entity == null ? InputStream.nullInputStream() : counted(entity.getContent(), received);
    }

    private static InputStream counted(InputStream body, IntConsumer received) {
        return new FilterInputStream(body) {
            @Override
            public int read() throws IOException {
                var one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] to, int at, int length) throws IOException {
                int count = super.read(to, at, length);
                received.accept(Math.max(0, count));
                return count;
            }
        };
    }

    /** What was asked for. */
    URI uri() {
        return uri;
    }

    int status() {
        return answer.getCode();
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(answer.getFirstHeader(name)).map(NameValuePair::getValue);
    }

    List<String> headers(String name) {
        return Arrays.stream(answer.getHeaders(name))
                .map(NameValuePair::getValue)
                .toList();
    }

    /** Of the body, as announced; negative where it is not. */
    long length() {
        return answer.getEntity() == null ? 0 : answer.getEntity().getContentLength();
    }

    /** Read to its end, the connection can be used again. */
    InputStream body() {
        return body;
    }

    /** Where the body was not read to its end, that is the end of the connection. */
    @Override
    public void close() {
        // Closing alone would read on, and a body may have no end.
        request.cancel();
        try {
            answer.close();
        } catch (IOException gone) {
            // Nobody wants more of it.
        }
    }
}
