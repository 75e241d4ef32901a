package io.forkloom.internal.supervise;

import java.util.ArrayDeque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets the workers of a pool start a few at a time: a JVM that starts keeps a processor busy, and where all start at once they
 * keep each other, and the program, from the first result. Nobody waits for long: an initialiser may take minutes. For
 * any thread.
 */
public final class Stairs {
    /** About a start; whoever has waited so long starts beside the others. */
    private static final long LONGEST_MILLIS = 250;

    private final int wide;

    // Guarded by this.
    private final ArrayDeque<Turn> waiting = new ArrayDeque<>();
    private int climbing;

    /** @param wide how many may start at once */
    public Stairs(int wide) {
        this.wide = wide;
    }

    /** Who asks first is first. */
    synchronized Turn turn() {
        var turn = new Turn();
        waiting.addLast(turn);
        advance();
        return turn;
    }

    private synchronized void leave(Turn turn) {
        if (turn.climbing) {
            turn.climbing = false;
            climbing--;
        }
        waiting.remove(turn);
        advance();
    }

    private void advance() {
        while (climbing < wide && !waiting.isEmpty()) {
            var next = waiting.removeFirst();
            next.climbing = true;
            climbing++;
            next.come.countDown();
        }
    }

    /** One worker's. */
    final class Turn {
        private final CountDownLatch come = new CountDownLatch(1);
        private boolean climbing;

        boolean hasCome() {
            return come.getCount() == 0;
        }

        /** Waits for it, within the bound. */
        void await() {
            try {
                var _ = come.await(LONGEST_MILLIS, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt(); // nobody interrupts a keeper; and the bound is short
            }
        }

        /** Nobody need wait: for this turn or, when the worker is at the top or has fallen, behind it. May be said twice. */
        void over() {
            leave(this);
            come.countDown();
        }
    }
}
