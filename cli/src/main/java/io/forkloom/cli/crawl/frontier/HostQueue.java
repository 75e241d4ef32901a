package io.forkloom.cli.crawl.frontier;

import io.forkloom.cli.crawl.journal.Input;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One host at work: the next few of its inputs, and how many are in flight. Guarded by the frontier. */
final class HostQueue {
    /** An input, and which attempt at it comes. */
    record Turn(Input input, int attempt) {}

    final String host;
    private final ArrayDeque<Turn> turns = new ArrayDeque<>();
    private long loaded; // the last id that was read from the journal
    private boolean dry; // nothing waits behind it there
    private int outstanding; // given out, or here for another attempt
    boolean inTurn;

    HostQueue(String host) {
        this.host = host;
    }

    /** Whether it would pay to look into the journal. */
    boolean wantsMore() {
        return turns.isEmpty() && !dry;
    }

    long loaded() {
        return loaded;
    }

    void load(List<Input> inputs) {
        dry = inputs.isEmpty();
        for (Input input : inputs) {
            turns.add(new Turn(input, 1));
            loaded = input.id();
        }
    }

    /** Something was added in the journal. */
    void moreWaits() {
        dry = false;
    }

    @Nullable
    Turn peek() {
        return turns.peek();
    }

    Turn take() {
        var turn = turns.remove();
        if (turn.attempt == 1) {
            outstanding++;
        }
        return turn;
    }

    /** Before those that have not had a turn yet. */
    void again(Turn turn) {
        turns.addFirst(turn);
    }

    void ended() {
        outstanding--;
    }

    boolean isEmpty() {
        return turns.isEmpty() && dry;
    }

    /** Nothing is left, and nothing in flight that the journal still calls waiting: it can be forgotten. */
    boolean isOver() {
        return isEmpty() && outstanding == 0;
    }
}
