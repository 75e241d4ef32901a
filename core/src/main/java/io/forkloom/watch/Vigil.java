package io.forkloom.watch;

import io.forkloom.async.GroupView;
import io.forkloom.event.Culprit;
import io.forkloom.event.WatchEvent;
import io.forkloom.internal.time.Ticks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the watch's thread does at each of its steps; it is told the time. All but {@link #culprits} is for that thread.
 *
 * <pre>
 *               carriers full                10 ms                       limit, same thread all the time
 *   quiet ----------------------> asked ---------------> looking ------------------------------------> named
 *     ^                             |                       |                                            |
 *     +------- canary answers ------+-----------------------+--------- canary answers, or it is gone ----+
 * </pre>
 */
final class Vigil implements AutoCloseable {
    /** So rare are looks at a culprit that stays, in the end. */
    private static final long RAREST_LOOK = 500_000_000; // 500 ms

    /** Looks without a culprit before they become rarer. */
    private static final int LOOKS = 20;

    /** Steps without a virtual thread after which they become rarer: a second, at the default limit. */
    private static final int QUIET = 20;

    private static final int MOST_KNOWN = 1000;

    private final long limit;
    private final long moment;
    private final boolean narrow;
    private final int extra;
    private final Herald herald;
    private final Carriers carriers = new Carriers();
    private final Pauses pauses = new Pauses();
    private final Canary canary;
    private final Sightings sightings = new Sightings(Carriers::withoutProcessor);
    private final @Nullable Rescue rescue;

    /** By their stacks. */
    private final Map<List<String>, Culprit> known = new LinkedHashMap<>();

    /** Those that hold their carriers now; true where that was told. */
    private final Map<Sighting, Boolean> named = new LinkedHashMap<>();

    private @Nullable Question question;
    private long lookAt;
    private long lookPause;
    private int looks;
    private int quiet;
    private long collectedBefore;
    private long waitedBefore;

    /** The canary was asked, and its answer was not seen yet. */
    private static final class Question {
        final long at;
        /** Nanoseconds for which the program as a whole stood still since, as far as is known. */
        long stalled;
        /** And of those, how many for its collector. */
        long collected;

        boolean blamed;
        boolean starved;
        boolean told;

        Question(long at) {
            this.at = at;
        }
    }

    Vigil(WatchConfig config, Herald herald) {
        this.herald = herald;
        limit = Ticks.of(config.limit);
        moment = limit / 5;
        narrow = config.narrow;
        extra = config.rescue;
        rescue = narrow || extra > 0 ? Rescue.open(carriers) : null;
        canary = new Canary("forkloom-canary"); // last: where another watch rescues, none is to be left behind
    }

    /** Loads what a look needs, while nobody waits for it. */
    void prepare() {
        carriers.look();
        settle();
    }

    /**
     * Looks whether all is well, and if not, who is to blame.
     *
     * @param late nanoseconds by which this step itself comes too late
     * @return nanoseconds from this step, from its begin, until the next one
     */
    long step(long now, long late) {
        if (isAtRest() && carriers.areIdle()) {
            quiet++; // runs so rarely that it is never compiled: each line counts
            return pause();
        }
        quiet = 0;
        excuse(late);
        var open = question;
        if (open != null && !canary.isAsked()) {
            answered(open);
            question = null;
        }
        if (question == null && carriers.areFull()) {
            ask(now);
        }
        if (isToLook(now)) {
            look(now);
        }
        settle();
        return pause();
    }

    /** Nothing is asked, and nobody was named who has not let go. */
    private boolean isAtRest() {
        return question == null && named.isEmpty() && !narrow;
    }

    /** Time in which nobody could do anything counts for nobody. */
    private void excuse(long late) {
        if (question == null && named.isEmpty()) {
            return;
        }
        long sum = pauses.sum();
        long collected = sum - collectedBefore;
        collectedBefore = sum;
        var open = question;
        if (open != null) {
            long stalled = Math.max(collected, late > moment ? late - waited() : 0);
            sightings.stall(Math.max(0, stalled));
            open.stalled += Math.max(0, stalled);
            open.collected += collected;
        }
    }

    /** That this thread had no processor says nothing of the others: the kernel tells that of each. */
    private long waited() {
        long sum = Carriers.withoutProcessor();
        long waited = sum - waitedBefore;
        waitedBefore = sum;
        return waited;
    }

    private void ask(long now) {
        question = new Question(now);
        waited();
        canary.ask(now);
        if (named.isEmpty()) {
            collectedBefore = pauses.sum();
            sightings.clear();
            lookFromNowOn(now + (narrow ? 0 : moment));
        }
    }

    private void lookFromNowOn(long first) {
        lookAt = first;
        lookPause = moment;
        looks = 0;
    }

    private boolean isToLook(long now) {
        return (question != null || !named.isEmpty()) && now - lookAt >= 0;
    }

    private void look(long now) {
        var seen = carriers.look();
        var gone = sightings.see(seen, now, Ticks.now());
        gone.forEach(each -> free(each, each.held()));
        var open = question;
        if (open != null && lag(open, now) >= limit) {
            for (var each : sightings.present()) {
                blame(open, each);
            }
            if (looks == LOOKS && !open.blamed) {
                delayed(open, now - open.at); // it may last for long: a crowd of one carrier's keeps others off it
            }
        }
        looks++;
        lookPause = named.isEmpty() && looks < LOOKS ? moment : Math.min(RAREST_LOOK, lookPause * 2);
        lookAt = now + lookPause;
    }

    private void blame(Question open, Sighting held) {
        if (named.containsKey(held) || held.held() < (narrow ? limit : limit / 2)) {
            return;
        }
        if (held.own() < limit / 4) {
            open.starved = true; // it had no processor: who takes 2 ms of one would be blamed for 60
            return;
        }
        open.blamed = true;
        var culprit = held.culprit(name(held.thread()), held.held());
        boolean told = remember(held, culprit);
        named.put(held, told);
        held.named();
        if (told) {
            herald.tell(new WatchEvent.Blocked(culprit));
        }
        lookFromNowOn(lookAt); // when it is rescued, the next one may come at once
    }

    /** Of a virtual thread; only those of groups have names that somebody else can find. */
    static String name(long thread) {
        String number = "#" + thread;
        return GroupView.subtaskOn(thread).map(name -> name + " " + number).orElse(number);
    }

    /** Whether it is a new one. */
    private boolean remember(Sighting held, Culprit culprit) {
        synchronized (known) {
            var before = known.get(held.key());
            if (before == null && known.size() >= MOST_KNOWN) {
                return false;
            }
            if (before == null || before.held().compareTo(culprit.held()) < 0) {
                known.put(held.key(), culprit);
            }
            return before == null;
        }
    }

    private void answered(Question open) {
        long lag = canary.answeredAt() - open.at;
        if (lag >= limit && !open.blamed && !open.told) {
            delayed(open, lag);
        }
        if (rescue == null || rescue.now() <= rescue.before()) {
            long at = canary.answeredAt();
            List.copyOf(named.keySet()).forEach(each -> free(each, each.heldUntil(at)));
        }
    }

    private void delayed(Question open, long lag) {
        open.told = true;
        herald.tell(new WatchEvent.Delayed(cause(open, lag), Duration.ofNanos(lag)));
    }

    private WatchEvent.Cause cause(Question open, long lag) {
        if (open.collected * 2 >= lag) {
            return WatchEvent.Cause.GARBAGE_COLLECTION;
        }
        // Where nobody was seen on a carrier, it was the carrier that had no processor.
        boolean nobody = looks > 0 && sightings.present().isEmpty();
        return open.starved || nobody || open.stalled * 2 >= lag
                ? WatchEvent.Cause.STARVED_MACHINE
                : WatchEvent.Cause.CROWD;
    }

    private void free(Sighting held, long nanos) {
        var told = named.remove(held);
        if (told != null) {
            var culprit = held.culprit(name(held.thread()), nanos);
            remember(held, culprit);
            if (told) {
                herald.tell(new WatchEvent.Freed(culprit));
            }
        }
    }

    private static long lag(Question open, long now) {
        return now - open.at - open.stalled;
    }

    /** As many carriers as there have to be now. */
    private void settle() {
        if (rescue != null) {
            int before = rescue.before();
            int narrowed = known().isEmpty() ? 1 : before;
            rescue.set(narrow ? narrowed : before + Math.min(extra, named.size()));
        }
    }

    private long pause() {
        if (narrow || (question != null && lookPause == moment)) {
            return moment;
        }
        return quiet == 0 ? limit / 2 : quiet < QUIET ? limit : 2 * limit;
    }

    List<Culprit> culprits() {
        return known();
    }

    private List<Culprit> known() {
        synchronized (known) {
            return new ArrayList<>(known.values());
        }
    }

    @Override
    public void close() {
        canary.close();
        if (rescue != null) {
            rescue.close();
        }
    }
}
