package io.forkloom.internal.codec;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An exception that stands among values. It crosses as every failure does, as bytes that the receiver decodes through
 * its own filter, and not as a part of the stream that it came in.
 */
public final class Thrown implements Serializable {
    private static final long serialVersionUID = 1;
    private transient @Nullable Object payload;

    public Thrown(Throwable exception) {
        payload = exception;
    }

    /** What a border makes the exception of: the bytes that have crossed, else the exception itself. */
    public Object payload() {
        return Objects.requireNonNull(payload);
    }

    private void writeObject(ObjectOutputStream out) throws IOException {
        byte[] bytes = Failures.encode((Throwable) payload());
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private void readObject(ObjectInputStream in) throws IOException {
        payload = in.readNBytes(in.readInt());
    }
}
