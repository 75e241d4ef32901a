package io.forkloom;

import io.forkloom.internal.codec.CallKind;
import io.forkloom.internal.wire.RemoteCall;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Calls that are of no use but for what a worker loads and links for them; made when they are first asked for. */
final class Rehearsal implements Supplier<List<RemoteCall>> {
    private final ByteBorder border;
    private List<RemoteCall> calls = List.of();
    private boolean made;

    /** @param border that carries nothing of the user's */
    Rehearsal(ByteBorder border) {
        this.border = border;
    }

    /** One of each kind that most tasks are of; none where they cannot be made: a worker does without. */
    @Override
    public synchronized List<RemoteCall> get() {
        if (!made) {
            made = true;
            calls = make();
        }
        return calls;
    }

    private List<RemoteCall> make() {
        try {
            return List.of(
                    border.cross(CallKind.FUNCTION, Rehearsal.line(), 7).call(),
                    border.cross(CallKind.TASK, Rehearsal.nothing()).call());
        } catch (RuntimeException e) {
            return List.of(); // the serialisation of the user's program may be anything
        }
    }

    private static TaskFunction<Integer, String> line() {
        String captured = "line ";
        return number -> captured + number;
    }

    private static Task<@Nullable Object> nothing() {
        return () -> null;
    }
}
