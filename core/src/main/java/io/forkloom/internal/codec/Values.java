package io.forkloom.internal.codec;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Results: one byte for the form (0 null, 1 a java.io stream), then the value. */
public final class Values {
    private static final byte[] NULL = {0};

    private Values() {}

    /**
     * The bytes of a value.
     *
     * @param what what the value is for the user: "the result of Pages::parse"
     */
    public static byte[] encode(String what, @Nullable Object value) throws CodecException {
        if (value == null) {
            return NULL;
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

    public static @Nullable Object decode(String what, byte[] bytes, String accepted, ClassLoader loader)
            throws CodecException {
        if (bytes.length == 1 && bytes[0] == 0) {
            return null;
        }
        try (var in = new Decoder(bytes, 1, accepted, loader)) {
            return in.read(what);
        } catch (IOException e) {
            throw new CodecException(what + " cannot be read: " + e.getMessage(), e);
        }
    }
}
