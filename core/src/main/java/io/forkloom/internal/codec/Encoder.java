package io.forkloom.internal.codec;

import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** An object stream whose errors say what could not be written. */
final class Encoder implements AutoCloseable {
    private final ObjectOutputStream out;

    Encoder(OutputStream sink) throws IOException {
        out = new ObjectOutputStream(sink);
    }

    /** @param what what the object is for the user: "argument 1 of Pages::parse" */
    void write(String what, @Nullable Object object) throws CodecException {
        try {
            out.writeObject(object);
        } catch (NotSerializableException e) {
            throw new CodecException(what + " is not serialisable: " + FaultFinder.find(object, e), e);
        } catch (StackOverflowError e) {
            throw new CodecException(
                    what + " is nested too deeply to be serialised (" + FaultFinder.name(object)
                            + "). Send it as a list or an array of its parts",
                    e);
        } catch (IOException | RuntimeException e) {
            throw new CodecException(what + " cannot be serialised: " + FaultFinder.find(object, e), e);
        } catch (LinkageError | AssertionError e) { // of the object's own writeObject
            throw new CodecException(what + " cannot be serialised: " + Words.of(e), e);
        }
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
