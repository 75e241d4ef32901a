package io.forkloom.watch;

import io.forkloom.event.Culprit;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * One virtual thread that was on one carrier at every look; what all looks have in common is what it is at. Thread-free.
 */
final class Sighting {
    private final long first;
    private final long idleAtFirst;
    private List<Frame> common;
    private Carrier latest;
    private long last;
    private long stalled;
    private boolean named;
    private long idleAtLast;

    /** @param withoutProcessor nanoseconds, ever, of the carrier */
    Sighting(Carrier carrier, long now, long withoutProcessor) {
        first = now;
        last = now;
        idleAtFirst = withoutProcessor;
        idleAtLast = withoutProcessor;
        common = carrier.frames();
        latest = carrier;
    }

    /** Somebody was told of it. */
    void named() {
        named = true;
    }

    /**
     * Whether this may be the same hold: the same thread on the same carrier, within the same function. When somebody was
     * told that it computes, and now it waits, that is another story.
     */
    boolean continues(Carrier carrier) {
        return carrier.thread() == latest.thread()
                && carrier.name().equals(latest.name())
                && !(named && isPinned(carrier) != isPinned(latest))
                && hasUser(common) == hasUser(common(common, carrier.frames()));
    }

    void again(Carrier carrier, long now, long withoutProcessor) {
        common = common(common, carrier.frames());
        latest = carrier;
        last = now;
        idleAtLast = withoutProcessor;
    }

    /** Since the last look, the program as a whole stood still for so long. */
    void stall(long nanos) {
        stalled += nanos;
    }

    /** Nanoseconds from the first look to the last, without those in which the whole program stood still. */
    long held() {
        return Math.max(0, last - first - stalled);
    }

    /** Nanoseconds of that in which it had a processor, or did not want one. */
    long own() {
        return held() - (idleAtLast - idleAtFirst);
    }

    /** Nanoseconds until then, if it let go then. */
    long heldUntil(long time) {
        return Math.max(held(), time - first - stalled);
    }

    long thread() {
        return latest.thread();
    }

    /** What makes two of them the same: whether it waits, and what the user's functions are, from the culprit outwards. */
    List<String> key() {
        var functions = common.stream().filter(Frame::isOfUser).map(Frame::function);
        return Stream.concat(Stream.of(isPinned(latest) ? "waits" : "works"), functions)
                .toList();
    }

    Culprit culprit(String threadName, long nanos) {
        int at = function();
        var inner = latest.frames().subList(0, latest.frames().size() - common.size() + at);
        var kind = kind(inner);
        return new Culprit(
                kind,
                common.isEmpty() ? "an unknown function" : common.get(at).name(),
                threadName,
                Duration.ofNanos(nanos),
                detail(kind, inner),
                latest.frames().stream()
                        .filter(frame -> !frame.isHidden())
                        .map(Frame::toString)
                        .toList());
    }

    /** Where in what is common the innermost function of the user stands; else the innermost of all. */
    private int function() {
        for (int i = 0; i < common.size(); i++) {
            if (common.get(i).isOfUser()) {
                return i;
            }
        }
        return 0;
    }

    /** @param inner what the function has called */
    private Culprit.Kind kind(List<Frame> inner) {
        if (isPinned(latest)) {
            return Culprit.Kind.PINNED;
        }
        boolean isNative = inner.stream().anyMatch(Frame::isDowncall)
                || (!latest.frames().isEmpty() && latest.frames().getFirst().isNative());
        return isNative ? Culprit.Kind.NATIVE : Culprit.Kind.COMPUTING;
    }

    private static boolean isPinned(Carrier carrier) {
        return !carrier.waiting().isEmpty() || carrier.frames().stream().anyMatch(Sighting::isPinnedWait);
    }

    private static boolean isPinnedWait(Frame frame) {
        return frame.function().equals("java.lang.VirtualThread.parkOnCarrierThread")
                || frame.function().equals("java.lang.Object.wait0");
    }

    private String detail(Culprit.Kind kind, List<Frame> inner) {
        if (kind == Culprit.Kind.COMPUTING) {
            return "";
        }
        if (kind == Culprit.Kind.NATIVE) {
            return inner.stream()
                    .filter(frame -> frame.isNative() && !frame.isHidden())
                    .findFirst()
                    .map(Frame::function)
                    .orElse("");
        }
        if (!latest.waiting().isEmpty()) {
            return latest.waiting();
        }
        return latest.frames().stream()
                .filter(Frame::isInitialiser)
                .findFirst()
                .map(frame -> "in the initialiser of "
                        + frame.function().substring(0, frame.function().lastIndexOf('.')))
                .orElse("a native frame is below it");
    }

    private static boolean hasUser(List<Frame> frames) {
        return frames.stream().anyMatch(Frame::isOfUser);
    }

    /** The frames, from the outermost inwards, that both are in; at other lines perhaps, then as the newer has them. */
    private static List<Frame> common(List<Frame> before, List<Frame> now) {
        int same = 0;
        while (same < before.size()
                && same < now.size()
                && before.get(before.size() - 1 - same)
                        .function()
                        .equals(now.get(now.size() - 1 - same).function())) {
            same++;
        }
        return List.copyOf(now.subList(now.size() - same, now.size()));
    }
}
