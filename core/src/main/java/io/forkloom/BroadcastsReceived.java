package io.forkloom;

import io.forkloom.internal.codec.CodecException;
import io.forkloom.internal.codec.Copies;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The end of a worker that has copies of the values. */
final class BroadcastsReceived extends Broadcasts {
    private final Copies copies;

    BroadcastsReceived(Copies copies) {
        this.copies = copies;
    }

    @Override
    @Nullable
    Object value(long number) {
        try {
            return during(() -> copies.get(number)); // a value may hold an earlier broadcast
        } catch (CodecException e) {
            throw new SerialisationException(String.valueOf(e.getMessage()), e.getCause());
        } catch (IOException e) {
            throw new IllegalStateException(e.getMessage(), e);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    void close(long number) {
        throw new IllegalStateException(
                "broadcast " + number + " is closed in the program that has made it, not in a worker");
    }

    /** The pool knows. */
    @Override
    void checkOpen(long number) {}

    @Override
    public String toString() {
        return "the pool of this worker";
    }
}
