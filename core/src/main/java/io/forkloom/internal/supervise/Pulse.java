package io.forkloom.internal.supervise;

import io.forkloom.event.Progress;
import io.forkloom.internal.transport.Ledger;
import java.util.Optional;

/**
 * What a call that runs has told of itself.
 *
 * @param heard when it last told of progress; 0 for never
 * @param extra nanoseconds by which it has extended its deadline
 */
public record Pulse(Optional<Progress> progress, long heard, long extra) {
    public static final Pulse NONE = new Pulse(Optional.empty(), 0, 0);

    static Pulse of(Ledger ledger, long ticket) {
        var pulse = new Pulse(ledger.progress(), ledger.heard(), ledger.extra());
        return ledger.isAt(ticket) ? pulse : NONE;
    }
}
