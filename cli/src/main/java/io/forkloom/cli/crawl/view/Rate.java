package io.forkloom.cli.crawl.view;

import java.util.ArrayDeque;
import java.util.Deque;

/** Inputs a second over the last {@link #WINDOW_NANOS}; plain arithmetic, time is passed in. */
public final class Rate {
    private static final long WINDOW_NANOS = 10_000_000_000L;

    private record Point(long nanos, long count) {}

    private final Deque<Point> points = new ArrayDeque<>();

    public double at(long nanos, long count) {
        points.addLast(new Point(nanos, count));
        while (points.size() > 2 && nanos - points.getFirst().nanos() > WINDOW_NANOS) {
            points.removeFirst();
        }
        Point first = points.getFirst();
        long elapsed = nanos - first.nanos();
        return elapsed <= 0 ? 0 : (count - first.count()) * 1e9 / elapsed;
    }
}
