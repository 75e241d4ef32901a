package io.forkloom.cli.advise;

import java.util.ArrayList;
import java.util.List;

/**
 * From findings to advice; a plain object. The questions in their order, and the first that is answered decides:
 *
 * <ol>
 *   <li>Does a call end its JVM, fill its memory or not return? Only a process contains that.
 *   <li>Does it compute on threads of its own? Then it needs nobody's.
 *   <li>Does it wait? Virtual threads.
 *   <li>Is it over before it could be sent, or is there one processor only? A plain call.
 *   <li>Can its argument and result not be serialised, or are they too large for what is computed? Threads.
 *   <li>Does its class have static state? Isolates.
 *   <li>Else a pool of processes, in chunks where a call alone does not pay for its way.
 * </ol>
 *
 * @param processors of this machine
 */
record Advisor(int processors) {
    /** Of the time, below which a call does not compute but wait. Compare {@link #BOTH}. */
    private static final double WAITS = 0.5;

    /** A function that computes and waits for more of its time than this is worth splitting. */
    private static final double BOTH = 0.15;

    /** Of a processor, by other threads than the caller's: on a busy machine they get less than they could use. */
    private static final double PARALLEL = 0.25;

    /** About what an item costs in a chunk: encoding, decoding, and its place in a list, on both sides. */
    private static final double TINY = 5e3; // 5 us

    /** The way there and back may cost so much of a call's time. */
    private static final double FAIR = 0.1;

    /** Above this share chunks are of no help where it is the data that costs. */
    private static final double DEAR = 0.25;

    private static final long LARGE = 64 << 10; // 64 KiB, the buffer of a socket

    /** Of one message, so that nobody waits long for the first result. */
    private static final double CHUNK_BYTES = 4 << 20; // 4 MiB

    private static final double CHUNK_TIME = 50e6; // 50 ms

    private static final double GARBAGE = 300e6; // bytes a second: a collection every few seconds in a small heap

    Advice advise(Findings findings) {
        var code = new Snippets(findings.subject());
        if (findings.ending().kind() != Ending.Kind.RETURNED) {
            return contained(findings, code);
        }
        var pace = findings.pace().orElseThrow();
        var cost = findings.cost().orElseThrow();
        if (pace.elsewhere() > PARALLEL) {
            return new Advice(
                    Model.PLAIN,
                    1,
                    List.of(
                            "It computes on threads of its own (" + Units.share(pace.elsewhere())
                                    + " of a processor beside the caller's): more threads around it would only compete with them."),
                    code.plain());
        }
        if (pace.computing() < WAITS) {
            return waiting(pace, code);
        }
        return computing(findings.subject(), pace, cost, code);
    }

    private static Advice contained(Findings findings, Snippets code) {
        var reasons = new ArrayList<String>();
        String what = findings.ending().words();
        reasons.add(Character.toUpperCase(what.charAt(0)) + what.substring(1) + ".");
        reasons.add(
                switch (findings.ending().kind()) {
                    case TIMED_OUT ->
                        "A thread that does not listen cannot be stopped; a process is killed at its deadline, and the"
                                + " next call finds a fresh worker.";
                    default ->
                        "On a thread, whichever kind, that ends your program; in a pool of processes it costs one"
                                + " call.";
                });
        return new Advice(
                Model.PROCESS_POOL,
                1,
                reasons,
                findings.ending().kind() == Ending.Kind.TIMED_OUT ? code.deadline() : code.processes(1));
    }

    private static Advice waiting(Pace pace, Snippets code) {
        var reasons = new ArrayList<String>();
        reasons.add("It waits: only " + Units.share(pace.computing())
                + " of its time is computing. A virtual thread that waits costs a kilobyte, and no processor.");
        if (pace.computing() > BOTH) {
            reasons.add("What it computes, " + Units.time(pace.median() * pace.computing())
                    + " a call, is worth a function of its own: wait on virtual threads, and call a pool from there.");
        }
        return new Advice(Model.VIRTUAL_THREADS, 1, reasons, code.virtualThreads());
    }

    private Advice computing(Subject subject, Pace pace, Crossing.Cost cost, Snippets code) {
        var reasons = new ArrayList<String>();
        if (processors == 1 || pace.median() < TINY) {
            reasons.add(
                    pace.median() < TINY
                            ? "A call takes " + Units.time(pace.median()) + ": it is over before it could be sent"
                                    + " anywhere, and " + Units.time(TINY)
                                    + " is about what an item costs even in chunks."
                            : "There is one processor: nothing would be computed at the same time.");
            reasons.add("Where there are very many, move the loop around it into the function, and ask again.");
            return new Advice(Model.PLAIN, 1, reasons, code.plain());
        }
        reasons.add("It computes for " + Units.share(pace.computing()) + " of its " + Units.time(pace.median())
                + ": virtual threads would only wait for each other's processor.");
        if (pace.computing() < 1 - BOTH) {
            reasons.add("It waits for " + Units.share(1 - pace.computing())
                    + " of its time too: a function that only computes keeps a worker busy.");
        }
        if (!cost.fault().isEmpty()) {
            reasons.add("It cannot go to another process or isolate: " + cost.fault() + ".");
            addState(
                    subject,
                    reasons,
                    "calls on two threads at once would disturb each other: give the pool one worker");
            return new Advice(Model.THREAD_POOL, 1, reasons, code.threads());
        }
        long bytes = cost.argument() + cost.result();
        if (cost.trip() > DEAR * pace.median() && bytes > LARGE) {
            reasons.add("Its data of " + Units.bytes(bytes) + " takes " + Units.time(cost.trip())
                    + " to copy there and back, " + Units.share(cost.trip() / pace.median())
                    + " of what it computes: threads share it, and nothing is copied. Where it must be contained all the"
                    + " same, send a path or an index.");
            addState(
                    subject,
                    reasons,
                    "calls on two threads at once would disturb each other: give the pool one worker");
            return new Advice(Model.THREAD_POOL, 1, reasons, code.threads());
        }
        int chunk = chunk(pace.median(), cost.trip(), bytes);
        reasons.add(
                chunk == 1
                        ? "The way there and back costs " + Units.time(cost.trip()) + ", "
                                + Units.share(cost.trip() / pace.median()) + " of the call."
                        : "The way there and back costs " + Units.time(cost.trip()) + " for one call, but "
                                + Units.share(cost.trip() / chunk / pace.median()) + " of it in chunks of " + chunk
                                + ".");
        if (!subject.state().isEmpty()) {
            addState(subject, reasons, "each isolate has its own, without the memory of a process");
            reasons.add("Take a ProcessPool instead if a call must be stopped, or be kept from ending your program.");
            return new Advice(Model.ISOLATES, chunk, reasons, code.isolates(chunk));
        }
        addContained(subject, pace, reasons);
        return new Advice(Model.PROCESS_POOL, chunk, reasons, code.processes(chunk));
    }

    private static void addState(Subject subject, List<String> reasons, String so) {
        if (!subject.state().isEmpty()) {
            reasons.add("Its class has static state (" + String.join(", ", subject.state()) + "): " + so + ".");
        }
    }

    private static void addContained(Subject subject, Pace pace, List<String> reasons) {
        double rate = pace.allocated() / pace.median() * 1e9;
        if (rate > GARBAGE) {
            reasons.add("It makes " + Units.bytes(Math.round(rate))
                    + " of garbage a second: a heap of its own keeps that out of" + " your program's pauses.");
        }
        if (subject.isNative()) {
            reasons.add("Its body is native: when it writes where it must not, that costs one worker.");
        }
        reasons.add("For that price a call can be stopped, and cannot end your program.");
    }

    /** As small as is fair: 1, 2, 5, 10, 20, and so on. */
    private static int chunk(double call, double trip, long bytes) {
        double wanted = trip / (FAIR * call);
        double most = Math.min(CHUNK_TIME / call, CHUNK_BYTES / Math.max(1, bytes));
        int chunk = 1;
        for (int step = 0; chunk < wanted; step++) {
            int next = step % 3 == 1 ? chunk / 2 * 5 : chunk * 2;
            if (next > most) {
                break;
            }
            chunk = next;
        }
        return chunk;
    }
}
