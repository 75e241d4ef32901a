package io.forkloom.internal.dispatch;

import io.forkloom.internal.dispatch.Staffing.Lifetime;
import java.util.Locale;
import java.util.function.LongUnaryOperator;

/**
 * Judges when a worker is to be followed by a fresh one. A plain object, told the time, guarded by the dispatcher's lock.
 *
 * <p>A worker that is too large after its first task will be followed by one that is as large: the tasks need what they
 * take. So each such worker makes the next one wait twice as long, up to a minute. One that has been small, and has
 * grown, waits for nothing.
 */
final class Recycling {
    private static final long FIRST_PATIENCE = 1_000_000_000L; // 1 s
    private static final long LONGEST_PATIENCE = 60 * FIRST_PATIENCE;

    /** So many in vain in a row are no accident. */
    private static final int WORTH_A_WARNING = 4;

    private static final long MEBIBYTE = 1 << 20;

    private final Lifetime lifetime;
    /** A number from 0 to its argument. */
    private final LongUnaryOperator dice;

    private int inVain;

    /** What one worker has done so far. */
    static final class Service {
        private final long since;
        private final long mostTasks;
        private long tasks;
        private boolean wasSmall;
        private long tooLarge;

        private Service(long since, long mostTasks) {
            this.since = since;
            this.mostTasks = mostTasks;
        }

        /** How many tasks more it is meant to do. */
        long left() {
            return mostTasks == 0 ? Long.MAX_VALUE : mostTasks - tasks;
        }

        /** Why it is to end, when it is. */
        String reason() {
            String after = tasks == 1 ? "1 task" : String.format(Locale.ROOT, "%,d tasks", tasks);
            return tooLarge == 0
                    ? "recycled after " + after
                    : "recycled with " + tooLarge / MEBIBYTE + " MiB of memory after " + after;
        }
    }

    /** What comes of a finished task. */
    enum Verdict {
        STAY,
        DUE,
        /** As before, and with so many others in vain that it is to be told. */
        DUE_IN_VAIN
    }

    Recycling(Lifetime lifetime, LongUnaryOperator dice) {
        this.lifetime = lifetime;
        this.dice = dice;
    }

    /** A worker begins to serve. Its number of tasks is its own, so that not all retire at once. */
    Service begin(long now) {
        return new Service(now, lifetime.tasks() + dice.applyAsLong(lifetime.tasks() / 8));
    }

    /**
     * A worker has finished a task.
     *
     * @param resident bytes of memory that it holds; 0 where nobody has looked
     */
    Verdict finished(Service service, long resident, long now) {
        service.tasks++;
        if (lifetime.tasks() > 0 && service.tasks >= service.mostTasks) {
            return Verdict.DUE;
        }
        if (lifetime.bytes() == 0 || resident == 0 || service.tooLarge > 0) {
            return Verdict.STAY;
        }
        if (resident <= lifetime.bytes()) {
            service.wasSmall = true;
            return Verdict.STAY;
        }
        if (!service.wasSmall && now - service.since < patience()) {
            return Verdict.STAY;
        }
        service.tooLarge = resident;
        inVain = service.wasSmall ? 0 : inVain + 1;
        return inVain == WORTH_A_WARNING ? Verdict.DUE_IN_VAIN : Verdict.DUE;
    }

    private long patience() {
        return inVain == 0 ? 0 : Math.min(LONGEST_PATIENCE, FIRST_PATIENCE << Math.min(inVain - 1, 10));
    }

    /** For people: what {@link Verdict#DUE_IN_VAIN} means. */
    String warning() {
        return WORTH_A_WARNING + " workers in a row held more than the " + lifetime.bytes() / MEBIBYTE
                + " MiB of recycleAbove from their first task on, so fresh ones do not help: set it higher, or see what"
                + " the tasks or the initialiser keep. Such workers are recycled more and more seldom, at last once a"
                + " minute";
    }
}
