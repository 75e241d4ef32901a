package io.forkloom.internal.transport;

import io.forkloom.event.Progress;
import io.forkloom.internal.time.Ticks;
import io.forkloom.internal.wire.Frame.Answer;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;

/**
 * A page of memory that a worker and its pool share, and that the pool still reads when the worker is dead: which
 * calls were started, how far the one that runs has come, and what the worker could say of its end.
 *
 * <pre>
 *  0        8       16       24       32       40       48       56       64         72
 *  | cursor | end   | ticket | done   | total  | heard  | extra  | stop   | finished |
 *
 *  cursor  every ticket below it was started or withdrawn, none at or above it was; tickets and the cursor begin at 1,
 *          so that a page of zeros, which a worker gone wild may leave, is known for what it is
 *  end     0 none, 1 orderly exit (System.exit or SIGTERM), 2 out of memory
 *  ticket  the call that the worker has turned to; the next four words are its own
 *  done, total   progress; done is -1 where none was told
 *  heard   when that was, on the monotonic clock, which all processes of a machine share; 0 for never
 *  extra   nanoseconds by which the call has extended its deadline
 *  stop    by the pool: the call that is asked to stop
 *  finished   the last call that is over; its answer may still be on the way
 * </pre>
 *
 * The worker claims a ticket before it touches the call; the pool withdraws all that were not claimed. Both are one
 * compare-and-set on the cursor, so a call is either started or withdrawn, never both, and the pool knows which without
 * asking: when the worker computes, hangs, or is gone.
 *
 * <p>Behind the page is the worker's {@link Outbox}.
 */
public final class Ledger {
    private static final int BYTES = 64 * 1024;
    private static final int OUTBOX = 4096;
    private static final VarHandle WORD = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int CURSOR = 0;
    private static final int END = 8;
    private static final int TICKET = 16;
    private static final int DONE = 24;
    private static final int TOTAL = 32;
    private static final int HEARD = 40;
    private static final int EXTRA = 48;
    private static final int STOP = 56;
    private static final int FINISHED = 64;

    /** 100 years; a page that was written over must not make a sum overflow. */
    private static final long LONGEST = Long.MAX_VALUE / 4;

    /** What a worker says of its end, if it can. */
    public enum End {
        NONE(0),
        ORDERLY(1),
        OUT_OF_MEMORY(2);

        private final long word;

        End(long word) {
            this.word = word;
        }
    }

    private final ByteBuffer page;

    private Ledger(ByteBuffer page) {
        this.page = page;
    }

    /** For the pool: a new page behind a new file, readable by its owner as the folder is. */
    public static Ledger create(Path file) throws IOException {
        try (var channel = FileChannel.open(
                file, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            // Real blocks, not a hole: a full disk is an error here, and not a SIGBUS at the first store.
            var zeros = ByteBuffer.allocate(BYTES);
            while (zeros.hasRemaining()) {
                channel.write(zeros); // of a disk that is nearly full, the first one takes what there is
            }
            var ledger = map(channel);
            ledger.withdraw(1);
            return ledger;
        }
    }

    /** For a worker that is a thread of this JVM. */
    public static Ledger inMemory() {
        var ledger = new Ledger(ByteBuffer.allocateDirect(OUTBOX));
        ledger.withdraw(1);
        return ledger;
    }

    /** For the worker: the same page. */
    public static Ledger open(Path file) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            return map(channel);
        }
    }

    /** Answers that are not sent: for the worker. */
    Outbox outbox() {
        return new Outbox(page.slice(OUTBOX, BYTES - OUTBOX));
    }

    /** For the pool, when the worker is gone: its answers to calls above this one, as far as they were not sent. */
    public List<Answer> unsent(long ticket, int generation) {
        return outbox().after(ticket, generation);
    }

    private static Ledger map(FileChannel channel) throws IOException {
        // Unmapped with the last reference: a late reader can never touch freed memory. By way of an arena, because
        // else the JDK makes the buffer by reflection, which costs the start of a worker 20 ms.
        return new Ledger(channel.map(FileChannel.MapMode.READ_WRITE, 0, BYTES, Arena.ofAuto())
                .asByteBuffer());
    }

    /** For the worker, with tickets that grow: whether this call is its own to run. */
    public boolean claim(long ticket) {
        while (true) {
            long cursor = (long) WORD.getVolatile(page, CURSOR);
            if (cursor > ticket) {
                return false;
            }
            if (WORD.compareAndSet(page, CURSOR, cursor, ticket + 1)) {
                return true;
            }
        }
    }

    /**
     * For the pool: takes back every call that was sent and not claimed.
     *
     * @param next a ticket above all that were sent
     * @return the cursor as it was: sent tickets below it were started, all others never will be
     */
    public long withdraw(long next) {
        return (long) WORD.getAndSet(page, CURSOR, next);
    }

    /** For the worker: what is told from now on is told by this call. */
    public void begin(long ticket) {
        set(TICKET, 0);
        set(DONE, -1);
        set(TOTAL, 0);
        set(HEARD, 0);
        set(EXTRA, 0);
        set(TICKET, ticket);
    }

    /** For the call; does nothing once another one runs. */
    public void progress(long ticket, Progress progress) {
        if (isAt(ticket)) {
            set(TOTAL, progress.total());
            set(DONE, progress.done());
            set(HEARD, Ticks.now());
        }
    }

    /** For the call: moves its deadline. */
    public void extend(long ticket, long nanos) {
        if (isAt(ticket)) {
            long extra;
            do {
                extra = word(EXTRA);
            } while (!WORD.compareAndSet(page, EXTRA, extra, Math.clamp(extra, 0, LONGEST) + Math.min(LONGEST, nanos)));
        }
    }

    /** For the worker: the call is over, and only its answer is to be sent. */
    public void finish(long ticket) {
        set(FINISHED, ticket);
    }

    /** For the pool: the last call that is over. */
    public long finished() {
        return word(FINISHED);
    }

    /** For the pool: every call below was claimed or withdrawn. */
    public long cursor() {
        return word(CURSOR);
    }

    /** For the call. */
    public boolean isAskedToStop(long ticket) {
        return word(STOP) == ticket;
    }

    /** For the pool. */
    public void askToStop(long ticket) {
        set(STOP, ticket);
    }

    /** For the pool: whether what else is told is told by this call. */
    public boolean isAt(long ticket) {
        return word(TICKET) == ticket;
    }

    public Optional<Progress> progress() {
        long done = word(DONE);
        long total = word(TOTAL);
        return done < 0 || total < 0 ? Optional.empty() : Optional.of(new Progress(done, total));
    }

    public long heard() {
        return word(HEARD);
    }

    public long extra() {
        return Math.clamp(word(EXTRA), 0, LONGEST);
    }

    private long word(int at) {
        return (long) WORD.getVolatile(page, at);
    }

    private void set(int at, long value) {
        WORD.setVolatile(page, at, value);
    }

    /** For the worker. */
    public void announce(End end) {
        set(END, end.word);
    }

    public End announced() {
        long word = word(END);
        for (var end : End.values()) {
            if (end.word == word) {
                return end;
            }
        }
        return End.NONE; // a worker that wrote over its own memory may have written here too
    }
}
