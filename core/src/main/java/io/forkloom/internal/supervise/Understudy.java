package io.forkloom.internal.supervise;

import io.forkloom.internal.transport.Link;
import io.forkloom.internal.wire.Frame;
import io.forkloom.internal.wire.Frame.Function;
import io.forkloom.internal.wire.Frame.Rehearse;
import io.forkloom.internal.wire.Frame.Study;
import io.forkloom.internal.wire.RemoteCall;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * What a worker does before its first task, where it has the time: it rehearses, and studies the functions of its pool. So a
 * spare that takes over answers after 1 ms, and not after 30. One thing at a time, so that a task which comes meanwhile does
 * not wait for more. For any thread; nothing here waits.
 */
final class Understudy {
    private record Lesson(RemoteCall call, Frame frame) {}

    private final Repertoire repertoire;

    // Guarded by this.
    private final ArrayDeque<Lesson> lessons = new ArrayDeque<>();
    private @Nullable Link link;
    private boolean atLesson;

    private volatile boolean over;

    Understudy(Repertoire repertoire) {
        this.repertoire = repertoire;
    }

    /** The worker is ready. */
    void standBy(Link to) {
        if (over) {
            return; // a task was waiting: the making of lessons would keep the keeper from its answer
        }
        var rehearsal = repertoire.rehearsal();
        var functions = repertoire.join(this);
        synchronized (this) {
            link = to;
            for (var call : rehearsal) {
                lessons.add(new Lesson(call, new Rehearse(call.function(), call.payload())));
            }
            for (var call : functions) {
                lessons.add(new Lesson(call, new Study(call.function())));
            }
            next();
        }
        if (over) {
            serve(); // said while it joined
        }
    }

    /** There is one more function. */
    synchronized void learn(RemoteCall call) {
        if (lessons.size() < Repertoire.MOST) {
            lessons.add(new Lesson(call, new Study(call.function())));
        }
        if (!atLesson) {
            next();
        }
    }

    /** The worker is done with what it was given last. */
    synchronized void learnt() {
        atLesson = false;
        next();
    }

    /** It has a task from now on, or is at its end. */
    void serve() {
        over = true;
        repertoire.leave(this);
    }

    boolean isOver() {
        return over;
    }

    private void next() {
        var lesson = over || link == null ? null : lessons.poll();
        if (lesson != null && link != null) {
            atLesson = true;
            link.enqueue(new Function(lesson.call.function(), lesson.call.definition()));
            link.enqueue(lesson.frame);
            link.flush();
        }
    }
}
