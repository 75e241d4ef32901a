package io.forkloom;

import io.forkloom.internal.codec.CallKind;
import io.forkloom.internal.wire.RemoteCall;
import java.util.Optional;
import java.util.function.Supplier;

/** A call that is of no use but for what a worker loads and links for it; made when it is first asked for. */
final class Rehearsal implements Supplier<Optional<RemoteCall>> {
    private final ByteBorder border;
    private Optional<RemoteCall> call = Optional.empty();
    private boolean made;

    /** @param border that carries nothing of the user's */
    Rehearsal(ByteBorder border) {
        this.border = border;
    }

    /** Empty where it cannot be made: a worker does without. */
    @Override
    public synchronized Optional<RemoteCall> get() {
        if (!made) {
            made = true;
            call = make();
        }
        return call;
    }

    private Optional<RemoteCall> make() {
        try {
            return Optional.of(
                    border.cross(CallKind.FUNCTION, Rehearsal.line(), 7).call());
        } catch (RuntimeException e) {
            return Optional.empty(); // the serialisation of the user's program may be anything
        }
    }

    private static TaskFunction<Integer, String> line() {
        String captured = "line ";
        return number -> captured + number;
    }
}
