package io.forkloom.cli.crawl.frontier;

import io.forkloom.cli.crawl.fetch.Hosts;
import io.forkloom.cli.crawl.journal.Counts;
import io.forkloom.cli.crawl.journal.Input;
import io.forkloom.cli.crawl.journal.Journal;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The inputs of a crawl in the order in which they are to be fetched. One thread iterates, and waits in it; any thread says
 * what was added and what has ended. It is over when the sources have been read and every input has ended.
 */
public final class Frontier implements Iterator<Visit> {
    /** Hosts at work at a time. */
    public static final int ACTIVE = 2_000;
    /** Inputs in memory, over all hosts. */
    private static final int LOADED = 20_000;

    private static final int MOST_OF_A_HOST = 256;
    private static final int LEAST_OF_A_HOST = 8;

    /** An input that waits for its next attempt. */
    private record Later(long at, HostQueue host, HostQueue.Turn turn) {}

    private final Journal journal;
    private final Hosts hosts;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition change = lock.newCondition();

    // Guarded by the lock.
    private final Map<String, HostQueue> active = new HashMap<>();
    /** Those of the active hosts that may have an input, in the order of their turns. */
    private final ArrayDeque<HostQueue> turns = new ArrayDeque<>();

    private final PriorityQueue<Later> later = new PriorityQueue<>(Comparator.comparingLong(Later::at));
    private String lastHost = "";
    private boolean othersMayWait;
    private boolean newInThisRound;
    private boolean sourcesRead;
    private long open; // inputs that have not ended
    private long total; // and those that have
    private long flying; // given out, and not ended
    private int heldBack; // hosts whose door was shut at the last look
    private boolean closed;
    private @Nullable Visit next;

    /**
     * What waits in the journal already is the first to come.
     *
     * @param counts of that journal now
     */
    public Frontier(Journal journal, Counts counts, Hosts hosts, boolean sourcesRead) {
        this.journal = journal;
        this.hosts = hosts;
        this.sourcesRead = sourcesRead;
        this.open = counts.waiting();
        this.total = counts.read();
        hosts.onLeave(() -> locked(() -> {}));
        this.othersMayWait = open > 0;
        if (open > 0) {
            activate(""); // files, whose host has no name to be found by
        }
    }

    // For whoever adds inputs.

    /** The journal has new inputs: so many of each host. */
    public void added(Map<String, Integer> hosts) {
        locked(() -> hosts.forEach((host, count) -> {
            open += count;
            total += count;
            var queue = active.get(host);
            if (queue != null) {
                queue.moreWaits();
                takeTurns(queue);
            } else if (active.size() < ACTIVE || host.isEmpty()) {
                activate(host);
            } else {
                othersMayWait = true;
                newInThisRound = true;
            }
        }));
    }

    /** Nothing comes from outside any more. */
    public void sourcesRead() {
        locked(() -> sourcesRead = true);
    }

    /** Waits until fewer than so many inputs are open. */
    public void awaitRoom(long most) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (open >= most && !closed) {
                change.await();
            }
        } finally {
            lock.unlock();
        }
    }

    // For whoever deals with them.

    /** It comes again, not before this time has passed. */
    public void again(Visit visit, Duration pause) {
        locked(() -> {
            var turn = new HostQueue.Turn(visit.input(), visit.attempt() + 1);
            later.add(new Later(System.nanoTime() + pause.toNanos(), of(visit.input()), turn));
        });
    }

    /** They have ended, and the journal says so. */
    public void ended(Collection<Input> inputs) {
        locked(() -> {
            for (Input input : inputs) {
                var queue = of(input);
                queue.ended();
                open--;
                flying--;
                forgetIfOver(queue);
            }
        });
    }

    /** Whether all that was given out has come to its end but for so many: nothing more will come of waiting for others. */
    public boolean isAllBut(int ends) {
        lock.lock();
        try {
            return flying <= ends;
        } finally {
            lock.unlock();
        }
    }

    /** Whether sources are still read; how many inputs wait for their turn; how many hosts are held back. */
    public record Waiting(boolean reading, long inputs, int hostsHeldBack) {}

    public Waiting waiting() {
        lock.lock();
        try {
            return new Waiting(!sourcesRead, open - flying, heldBack);
        } finally {
            lock.unlock();
        }
    }

    /** How many inputs there are in all; empty while sources are still read. */
    public OptionalLong total() {
        lock.lock();
        try {
            return sourcesRead ? OptionalLong.of(total) : OptionalLong.empty();
        } finally {
            lock.unlock();
        }
    }

    /** It gives out nothing more. */
    public void close() {
        locked(() -> closed = true);
    }

    // For the one who iterates.

    /** Waits for the next; false when everything has ended, or on an interrupt, which stays set. */
    @Override
    public boolean hasNext() {
        lock.lock();
        try {
            while (next == null && !closed && !isOver()) {
                next = pick();
                if (next == null && !isOver()) {
                    long nanos = nanosToNext();
                    if (nanos > 0) {
                        var _ = change.await(nanos, TimeUnit.NANOSECONDS);
                    }
                }
            }
            return next != null && !closed;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Visit next() {
        if (!hasNext() || next == null) {
            throw new NoSuchElementException("everything has ended");
        }
        var visit = next;
        next = null;
        return visit;
    }

    // Under the lock.

    private @Nullable Visit pick() {
        long now = System.nanoTime();
        while (!later.isEmpty() && later.element().at - now <= 0) {
            var due = later.remove();
            due.host.again(due.turn);
            takeTurns(due.host);
        }
        @Nullable Visit found = null;
        do {
            activateOthers();
            found = lookAtHosts();
        } while (found == null && othersMayWait && active.size() < ACTIVE);
        return found;
    }

    private @Nullable Visit lookAtHosts() {
        heldBack = 0;
        for (int i = turns.size(); i > 0; i--) {
            var queue = turns.remove();
            queue.inTurn = false;
            var visit = visit(queue);
            if (!queue.isEmpty()) {
                takeTurns(queue);
            } else {
                forgetIfOver(queue);
            }
            if (visit != null) {
                return visit;
            }
        }
        return null;
    }

    private @Nullable Visit visit(HostQueue queue) {
        if (queue.wantsMore()) {
            int most = Math.clamp(LOADED / Math.max(1, active.size()), LEAST_OF_A_HOST, MOST_OF_A_HOST);
            queue.load(journal.waiting(queue.host, queue.loaded(), most));
        }
        if (queue.peek() == null) {
            return null;
        }
        var place = queue.host.isEmpty() ? null : hosts.tryEnter(queue.host).orElse(null);
        if (place == null && !queue.host.isEmpty()) {
            heldBack++;
            return null;
        }
        var turn = queue.take();
        if (turn.attempt() == 1) {
            flying++;
        }
        return new Visit(turn.input(), turn.attempt(), place);
    }

    /** Until an input may be due that is held back now; any change comes in between. */
    private long nanosToNext() {
        long nanos = later.isEmpty() ? Long.MAX_VALUE : later.element().at - System.nanoTime();
        for (HostQueue queue : turns) {
            nanos = Math.min(nanos, hosts.opensIn(queue.host));
        }
        return nanos;
    }

    private boolean isOver() {
        return sourcesRead && open == 0;
    }

    /** Looks for hosts in the order of their names, round after round, until a whole round has found nobody new. */
    private void activateOthers() {
        while (othersMayWait && active.size() < ACTIVE) {
            var host = journal.hostBehind(lastHost);
            if (host.isEmpty()) {
                othersMayWait = newInThisRound;
                newInThisRound = false;
                lastHost = "";
            } else {
                lastHost = host.get();
                if (!active.containsKey(lastHost)) {
                    newInThisRound = true;
                    activate(lastHost);
                }
            }
        }
    }

    private void activate(String host) {
        var queue = new HostQueue(host);
        active.put(host, queue);
        takeTurns(queue);
    }

    private void takeTurns(HostQueue queue) {
        if (!queue.inTurn) {
            queue.inTurn = true;
            turns.add(queue);
        }
    }

    private HostQueue of(Input input) {
        var queue = active.get(input.host());
        if (queue == null) {
            throw new IllegalStateException("not given out: " + input);
        }
        return queue;
    }

    private void forgetIfOver(HostQueue queue) {
        if (queue.isOver()) {
            active.remove(queue.host);
            if (queue.inTurn) {
                turns.remove(queue);
            }
        }
    }

    private void locked(Runnable work) {
        lock.lock();
        try {
            work.run();
            change.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
