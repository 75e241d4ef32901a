package io.forkloom.async;

import io.forkloom.internal.thread.Library;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * A subtask, as somebody outside sees it: a snapshot of a thread that goes on meanwhile.
 *
 * @param where the innermost frame that is not the JDK's nor this library's, {@code com.acme.Thumb.scale(Thumb.java:12)};
 *     empty for one that has ended
 * @param age since it was forked
 * @param waitingFor what it is parked on, in words: {@code to receive from channel pages (0 of 16)}, or
 *     {@code for a java.util.concurrent.CountDownLatch}; empty for one that is not parked
 */
public record SubtaskView(String name, State state, String where, Duration age, String waitingFor) {

    public enum State {
        /** It computes, or could if there were a carrier for it. */
        RUNNING,
        /** It waits, at almost no cost. */
        SUSPENDED,
        DONE
    }

    static SubtaskView of(Subtask<?> subtask, long now) {
        var thread = subtask.member().thread();
        var state = state(subtask, thread);
        var blocker = state == State.SUSPENDED ? LockSupport.getBlocker(thread) : null;
        return new SubtaskView(
                subtask.name(),
                state,
                state == State.DONE ? "" : where(thread.getStackTrace()),
                Duration.ofNanos(now - subtask.begun()),
                blocker == null ? "" : words(blocker));
    }

    private static State state(Subtask<?> subtask, Thread thread) {
        if (subtask.hasEnded()) {
            return State.DONE;
        }
        return switch (thread.getState()) {
            case NEW, RUNNABLE -> State.RUNNING;
            case BLOCKED, WAITING, TIMED_WAITING -> State.SUSPENDED;
            case TERMINATED -> State.DONE;
        };
    }

    /** Where there is nobody else's frame, the innermost of all. */
    private static String where(StackTraceElement[] frames) {
        return Stream.concat(
                        Arrays.stream(frames).filter(SubtaskView::isOfTheProgram),
                        Arrays.stream(frames).limit(1))
                .findFirst()
                .map(StackTraceElement::toString)
                .orElse("");
    }

    private static boolean isOfTheProgram(StackTraceElement frame) {
        var module = frame.getModuleName();
        return Library.isOutside(frame.getClassName(), module == null ? "" : module);
    }

    /** What has no words has a class: {@code for a java.util.concurrent.CountDownLatch}. It may be the user's, and throw. */
    private static String words(Object blocker) {
        try {
            var words = String.valueOf(blocker);
            return words.startsWith(blocker.getClass().getName() + "@") ? kind(blocker) : words;
        } catch (RuntimeException e) {
            return kind(blocker);
        }
    }

    /** Of a part of something, the whole: {@code CompletableFuture} for its {@code Signaller}. */
    private static String kind(Object blocker) {
        return "for a " + blocker.getClass().getName().replaceFirst("\\$.*", "");
    }
}
