package io.forkloom.internal.dispatch;

import io.forkloom.internal.time.Alarms.Alarm;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Alarms that ring when a test says so, also cancelled ones: those may be ringing already. */
final class ManualLater implements Clocks.Later<String> {
    final List<Set> alarms = new ArrayList<>();

    static final class Set {
        final long nanos;
        final Consumer<After<String>> decision;
        boolean cancelled;

        private Set(long nanos, Consumer<After<String>> decision) {
            this.nanos = nanos;
            this.decision = decision;
        }

        void ring() {
            decision.accept(new After<>());
        }
    }

    @Override
    public Alarm after(long nanos, Consumer<After<String>> decision) {
        var set = new Set(nanos, decision);
        alarms.add(set);
        return () -> set.cancelled = true;
    }
}
