package io.forkloom.internal.codec;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Results: one byte for the form (0 null, 1 a java.io stream, 2 {@link Plain}), then the value. */
public final class Values {
    private static final byte[] NULL = {0};

    private Values() {}

    /**
     * The bytes of a value.
     *
     * @param what what the value is for the user: "the result of Pages::parse"
     */
    public static byte[] encode(String what, @Nullable Object value) throws CodecException {
        return encode(what, value, Plain.is(value));
    }

    /** The bytes of the results of a chunk, each of which is on its own. */
    static byte[] encodeChunk(String what, @Nullable Object results) throws CodecException {
        return encode(what, results, Plain.isChunk(results));
    }

    private static byte[] encode(String what, @Nullable Object value, boolean plain) throws CodecException {
        if (value == null) {
            return NULL;
        }
        if (plain) {
            return new PlainWriter(Plain.checked(() -> what, 1 + Plain.room(value)))
                    .put(2)
                    .value(value)
                    .done();
        }
        var bytes = new ByteArrayOutputStream(256);
        bytes.write(1);
        try (var out = new Encoder(bytes)) {
            out.write(what, value);
        } catch (IOException e) {
            throw new CodecException(what + " cannot be sent: " + e.getMessage(), e);
        }
        return bytes.toByteArray();
    }

    /** Whether some class loader must know the classes of the value. */
    public static boolean isObject(byte[] bytes) {
        return bytes.length > 0 && bytes[0] == 1;
    }

    public static @Nullable Object decode(String what, byte[] bytes, String accepted, ClassLoader loader)
            throws CodecException {
        if (bytes.length == 1 && bytes[0] == 0) {
            return null;
        }
        if (bytes.length > 0 && bytes[0] == 2) {
            return new PlainReader(bytes, 1).value(what);
        }
        try (var in = new Decoder(bytes, 1, accepted, loader)) {
            return in.read(what);
        } catch (IOException e) {
            throw new CodecException(what + " cannot be read: " + e.getMessage(), e);
        }
    }
}
