package io.forkloom.internal.codec;

import io.forkloom.internal.wire.Payload;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Results: one byte for the form (0 null, 1 a java.io stream, 2 {@link Plain}), then the value. */
public final class Values {
    private static final Payload NULL = Payload.of(new byte[] {0});

    private Values() {}

    /**
     * The bytes of a value; a large array stays the same array.
     *
     * @param what what the value is for the user: "the result of Pages::parse"
     */
    public static Payload encode(String what, @Nullable Object value) throws CodecException {
        return encode(what, value, Plain.isResult(value));
    }

    /** The bytes of the results of a chunk, each of which is on its own. */
    static Payload encodeChunk(String what, @Nullable Object results) throws CodecException {
        return encode(what, results, Plain.isChunk(results));
    }

    private static Payload encode(String what, @Nullable Object value, boolean plain) throws CodecException {
        if (value == null) {
            return NULL;
        }
        if (plain) {
            return new PlainWriter(() -> what, 1, value).put(2).value(value).done();
        }
        var bytes = new ByteArrayOutputStream(256);
        bytes.write(1);
        try (var out = new Encoder(bytes)) {
            out.write(what, value);
        } catch (IOException e) {
            throw new CodecException(what + " cannot be sent: " + e.getMessage(), e);
        }
        return Payload.of(bytes.toByteArray());
    }

    /** Whether some class loader must know the classes of the value. */
    public static boolean isObject(Payload payload) {
        return payload.head().length > 0 && payload.head()[0] == 1;
    }

    public static @Nullable Object decode(String what, Payload payload, String accepted, ClassLoader loader)
            throws CodecException {
        byte[] bytes = payload.head();
        if (bytes.length == 1 && bytes[0] == 0) {
            return null;
        }
        if (bytes.length > 0 && bytes[0] == 2) {
            return new PlainReader(payload, 1).value(what);
        }
        try (var in = new Decoder(bytes, 1, accepted, loader)) {
            return in.read(what);
        } catch (IOException e) {
            throw new CodecException(what + " cannot be read: " + e.getMessage(), e);
        }
    }
}
