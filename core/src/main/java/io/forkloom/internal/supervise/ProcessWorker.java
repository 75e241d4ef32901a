package io.forkloom.internal.supervise;

import io.forkloom.event.MemoryKind;
import io.forkloom.event.WorkerId;
import io.forkloom.internal.supervise.WorkerEvents.Answered;
import io.forkloom.internal.thread.Daemons;
import io.forkloom.internal.time.Alarms;
import io.forkloom.internal.time.Endurance;
import io.forkloom.internal.time.Ticks;
import io.forkloom.internal.transport.Ledger;
import io.forkloom.internal.transport.Link;
import io.forkloom.internal.wire.Frame;
import io.forkloom.internal.wire.Frame.Answer;
import io.forkloom.internal.wire.Frame.Call;
import io.forkloom.internal.wire.Frame.Function;
import io.forkloom.internal.wire.Frame.Interrupt;
import io.forkloom.internal.wire.Frame.Question;
import io.forkloom.internal.wire.Frame.Rehearsed;
import io.forkloom.internal.wire.Frame.ThreadDump;
import io.forkloom.internal.wire.ProtocolException;
import io.forkloom.internal.wire.RemoteCall;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A worker that is a JVM of its own. Its keeper thread lives as long as the process and does everything that can wait:
 * start, meet, read, bury.
 */
public final class ProcessWorker implements Worker<RemoteCall> {
    private static final long SILENCE = 500_000_000; // 500 ms

    /** Of silence to wait for; a process that writes frames in the name of a dead worker is not listened to for ever. */
    private static final int MOST_ROUNDS = 10;

    private final WorkerId id;
    private final WorkerSpec spec;
    private final Alarms alarms;
    private final WorkerEvents<RemoteCall> events;
    private final Evidence evidence;
    private final Grave grave;
    private final ChildProcess child;
    private final ResourceDesk desk;
    private final Understudy understudy;
    private final Stairs.Turn turn;

    /** Functions that were sent; guarded by the dispatcher's lock, under which calls are given. */
    private final Set<Long> sent = new HashSet<>();

    // Of the keeper alone.
    private final Runnable funeral = this::holdFuneral;
    private final Harvest harvest = new Harvest(this::tell);
    private Departure departure;
    private Optional<String> problem = Optional.empty();
    /** It found no room for the process. */
    private boolean shortage;

    private boolean started;
    private boolean buried;

    private volatile @Nullable Link link;
    private volatile @Nullable Ledger ledger;
    private volatile @Nullable Watch watch;

    /** Frames read. */
    private volatile long heard;

    private ProcessWorker(WorkerId id, WorkerSpec spec, Alarms alarms, WorkerEvents<RemoteCall> events) {
        this.id = id;
        this.spec = spec;
        this.alarms = alarms;
        this.events = events;
        this.departure = Departure.unmet(id, Optional.empty(), "its keeper failed");
        this.evidence = new Evidence(
                id, spec, (ticket, error, line) -> events.printed(this, ticket, error, line), () -> events.at(this));
        this.grave = new Grave(evidence);
        this.child = new ChildProcess(id, alarms);
        this.turn = spec.stairs().turn();
        this.understudy = new Understudy(spec.repertoire());
        this.desk = new ResourceDesk(spec.resources(), spec.messageLimit(), spec.poolName() + "-" + id);
    }

    /** Starts the keeper, which starts the process. */
    public static ProcessWorker start(WorkerId id, WorkerSpec spec, Alarms alarms, WorkerEvents<RemoteCall> events) {
        var worker = new ProcessWorker(id, spec, alarms, events);
        try {
            Daemons.named(spec.poolName() + "-keeper-" + id).start(worker::keep);
        } catch (OutOfMemoryError e) {
            worker.turn.over(); // no thread is to be had
            throw e;
        }
        return worker;
    }

    /** Whatever happens to it, a keeper's last act is to say that its worker is gone. */
    private void keep() {
        try {
            problem = live();
        } catch (RuntimeException | Error e) {
            shortage = true; // not even the memory to say what failed
        }
        Endurance.run(funeral);
    }

    /** Each step may be done twice: where the heap of this program is full, it takes up where it was. */
    private void holdFuneral() {
        if (!buried) {
            try {
                stopWatching();
                turn.over();
                understudy.serve();
                events.leaving(this); // the funeral takes a while
                departure = bury(problem);
                harvest.recover(Optional.ofNullable(ledger), id.generation());
                if (!started && child.reason().isEmpty()) {
                    spec.aot().distrust(spec);
                }
                if (shortage) {
                    departure = departure.forShortage();
                }
            } catch (OutOfMemoryError e) {
                throw e;
            } catch (RuntimeException | Error e) {
                child.kill();
                departure = Departure.unmet(id, child.reason(), "its keeper failed: " + e);
            }
            buried = true;
        }
        events.gone(this, departure);
    }

    /** The worker's life; gives the problem if it did not become ready, or broke its word. */
    private Optional<String> live() {
        try {
            turn.await();
            long from = Ticks.now();
            var problem = meet();
            if (problem.isEmpty()) {
                started = true;
                events.ready(this, child.process().orElseThrow().pid(), Duration.ofNanos(Ticks.now() - from));
                turn.over();
                understudy.standBy(link());
                serve();
            }
            return problem;
        } catch (ProtocolException | UnexpectedAnswerException e) {
            return endFor("it broke the protocol: " + e.getMessage());
        } catch (IOException e) {
            shortage = ShortageException.isBehind(e);
            // The link broke, most often because the process died: the exit tells more.
            return child.process().isPresent()
                    ? Optional.empty()
                    : Optional.of("the worker could not be started: " + e.getMessage());
        } catch (RuntimeException | Error e) {
            shortage = ShortageException.isBehind(e);
            return endFor("its keeper failed: " + e);
        }
    }

    private Optional<String> endFor(String problem) {
        end(problem, Manner.KILL);
        return Optional.of(problem);
    }

    /** Start, handshake, initialiser. */
    private Optional<String> meet() throws IOException {
        try (var meeting = Meeting.open(id, spec, grave.cookie())) {
            var started = child.start(meeting::launch);
            evidence.attend(started);
            watch = new Watch(new Vitals(started.pid(), spec.residentLimit()), evidence, alarms, this::outOfMemory);
            var _ = started.onExit().thenRun(() -> exited(meeting));
            var late = alarms.after(
                    Ticks.of(spec.startLimit()),
                    () -> end("it was not ready within " + spec.startLimit().toSeconds() + " s", Manner.KILL));
            try {
                var unprepared = prepare(meeting);
                if (unprepared.isPresent()) {
                    return unprepared;
                }
                child.bootstrap(meeting.bootstrap());
                var met = meeting.accept();
                link = met;
                child.met();
                return Meeting.awaitReady(met, desk);
            } finally {
                late.cancel();
            }
        }
    }

    /** Gives the problem, where this program cannot do its part. */
    private Optional<String> prepare(Meeting meeting) {
        try {
            ledger = meeting.prepare();
            return Optional.empty();
        } catch (IOException e) {
            shortage = ShortageException.isBehind(e);
            return endFor("the worker could not be started: " + e.getMessage());
        }
    }

    /** On a thread of the JDK's, which must not wait. */
    private void exited(Meeting meeting) {
        meeting.close(); // a process that dies early never connects: that must end the waiting for it
        alarms.after(0, () -> events.leaving(this));
        closeWhenSilent(-1, MOST_ROUNDS);
    }

    /**
     * A process that native code has forked holds the link open when the worker is dead. What the worker has said is
     * still read: the link is closed when nothing was heard on it for a while.
     */
    private void closeWhenSilent(long before, int rounds) {
        long now = heard;
        if (now == before || rounds == 0 || !alarms.isOpen()) {
            closeQuietly(link);
        } else {
            alarms.after(SILENCE, () -> closeWhenSilent(now, rounds - 1));
        }
    }

    private void serve() throws IOException {
        var current = link();
        for (long frames = 1; heed(current.read(), current); frames++) {
            heard = frames;
        }
    }

    /** A method of its own: a loop that is interpreted would hold the last answer while it waits for the next. */
    private boolean heed(@Nullable Frame frame, Link current) throws ProtocolException {
        // No switch: the JVM would spend some ms on it, while somebody waits for the first answer.
        if (frame == null) {
            return false;
        } else if (frame instanceof Answer answer) {
            harvest.add(answer);
        } else if (frame instanceof ThreadDump(byte[] text)) {
            evidence.witness(new String(text, StandardCharsets.UTF_8));
            child.kill(); // that was what it was spared for
        } else if (frame instanceof Question question) {
            desk.serve(question, current);
        } else if (frame instanceof Rehearsed) {
            understudy.learnt();
        } else {
            throw new ProtocolException("a worker sent " + frame.getClass().getSimpleName());
        }
        // After a frame of any kind: before the next read waits, nothing may be left.
        if (!current.hasNext() || harvest.isLarge()) {
            harvest.tell();
        }
        return true;
    }

    private void tell(List<Answered> answers) {
        watch().answered(answers.getLast().ticket());
        events.answered(this, answers);
    }

    private void outOfMemory(MemoryKind passed) {
        evidence.passed(passed);
        end("it ran out of memory (" + passed + ")", Manner.KILL);
    }

    private Departure bury(Optional<String> problem) {
        closeQuietly(link);
        desk.close();
        return child.process()
                .map(dead -> grave.bury(dead, ledger, child::reason, problem))
                .orElseGet(() -> grave.buryUnseen(id, child.reason(), problem.orElse("it was never started")));
    }

    @Override
    public WorkerId id() {
        return id;
    }

    @Override
    public long heap() {
        return spec.larger().orElse(0);
    }

    @Override
    public void give(long ticket, RemoteCall call) {
        var current = link();
        // In this order, so that after each step that fails for want of memory the call was not given.
        var frame = new Call(ticket, call.function(), call.payload());
        if (call.function() != 0 && !sent.contains(call.function())) {
            current.enqueue(new Function(call.function(), call.definition()));
            sent.add(call.function());
            spec.repertoire().add(call, alarms);
        }
        if (!understudy.isOver()) {
            understudy.serve();
        }
        watch().given(ticket);
        current.enqueue(frame);
    }

    @Override
    public void flush() {
        link().flush();
    }

    @Override
    public long withdraw(long next) {
        var page = ledger;
        if (page == null) {
            return 0;
        }
        long first = page.withdraw(next);
        watch().withdrawn(first);
        return first;
    }

    @Override
    public boolean canBeKilled() {
        return true;
    }

    @Override
    public long finished() {
        var page = ledger;
        return page == null ? 0 : page.finished();
    }

    @Override
    public Pulse pulse(long ticket) {
        var page = ledger;
        return page == null ? Pulse.NONE : Pulse.of(page, ticket);
    }

    @Override
    public long resident() {
        return watch().resident();
    }

    @Override
    public void interrupt(long ticket) {
        var page = ledger;
        if (page != null) {
            page.askToStop(ticket);
            child.tell(new Interrupt(ticket));
        }
    }

    @Override
    public void end(String why, Manner manner) {
        child.end(why, manner);
        turn.over();
    }

    private Link link() {
        var current = link;
        if (current == null) {
            throw new IllegalStateException("worker " + id + " is used before it was ready");
        }
        return current;
    }

    private void stopWatching() {
        var watching = watch;
        if (watching != null) {
            watching.stop();
        }
    }

    private Watch watch() {
        return Objects.requireNonNull(watch); // there from the start of the process on
    }

    private static void closeQuietly(@Nullable AutoCloseable closeable) {
        try {
            if (closeable != null) {
                closeable.close();
            }
        } catch (Exception e) {
            // It is gone either way.
        }
    }
}
