package io.forkloom.internal.flight;

import io.forkloom.event.Culprit;
import io.forkloom.event.WatchEvent;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;

/** What a watch has seen, for the recorder; as with {@link FlightLog}, nothing is loaded until one was made. */
public final class WatchFlight {
    private WatchFlight() {}

    /** For any thread. */
    public static void tell(WatchEvent event) {
        if (FlightLog.isRecorderThere()) {
            switch (event) {
                case WatchEvent.Blocked(var culprit) -> tell(culprit, false);
                case WatchEvent.Freed(var culprit) -> tell(culprit, true);
                case WatchEvent.Delayed(var cause, var lag) -> {
                    var delay = new Delay();
                    delay.cause = cause.toString();
                    delay.lag = lag.toNanos();
                    delay.commit();
                }
            }
        }
    }

    private static void tell(Culprit culprit, boolean over) {
        var block = new Block();
        if (block.isEnabled()) {
            block.kind = culprit.kind().toString();
            block.function = culprit.function();
            block.virtualThread = culprit.thread();
            block.held = culprit.held().toNanos();
            block.over = over;
            block.frames = String.join("\n", culprit.stack());
            block.commit();
        }
    }

    @Name("io.forkloom.Culprit")
    @Label("Culprit")
    @Category("Forkloom")
    @Description("A virtual thread held a carrier while all others waited")
    @StackTrace(false)
    static final class Block extends Event {
        String kind = "";
        String function = "";

        @Label("Virtual Thread")
        String virtualThread = "";

        @Timespan
        long held;

        @Description("False while it still holds it")
        boolean over;

        String frames = "";
    }

    @Name("io.forkloom.Delay")
    @Label("Delay")
    @Category("Forkloom")
    @Description("Virtual threads had to wait, and no single one was to blame")
    @StackTrace(false)
    static final class Delay extends Event {
        String cause = "";

        @Timespan
        long lag;
    }
}
