package io.forkloom.internal.supervise;

import io.forkloom.internal.time.Alarms;
import io.forkloom.internal.wire.Payload;
import io.forkloom.internal.wire.RemoteCall;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** What a pool's workers are given to run, the latest of it, for those that stand by. For any thread; nothing here waits. */
public final class Repertoire {
    /** Functions that one worker after another is told; a program with more of them has no favourites. */
    static final int MOST = 32;

    /** Who stands by is told when the call that brought the function has had the processor for itself. */
    private static final long LATER = 20_000_000; // 20 ms

    private final Supplier<List<RemoteCall>> rehearsal;

    // Guarded by this.
    private final Map<Long, RemoteCall> functions = new LinkedHashMap<>();
    private final Set<Understudy> standingBy = new HashSet<>();

    /** @param rehearsal calls that are of no use but for what a worker loads and links for them */
    public Repertoire(Supplier<List<RemoteCall>> rehearsal) {
        this.rehearsal = rehearsal;
    }

    List<RemoteCall> rehearsal() {
        return rehearsal.get();
    }

    /** The same rehearsal, and nothing of the user's. */
    Repertoire empty() {
        return new Repertoire(rehearsal);
    }

    /** A worker is given its first call of this function. */
    synchronized void add(RemoteCall call, Alarms alarms) {
        boolean isNew = functions.remove(call.function()) == null;
        functions.put(call.function(), new RemoteCall(call.function(), call.definition(), Payload.NONE));
        if (functions.size() > MOST) {
            functions.remove(functions.keySet().iterator().next());
        }
        if (isNew && !standingBy.isEmpty()) {
            alarms.after(LATER, () -> tell(call.function()));
        }
    }

    private void tell(long function) {
        List<Understudy> told;
        RemoteCall call;
        synchronized (this) {
            call = functions.get(function);
            told = List.copyOf(standingBy);
        }
        if (call != null) {
            told.forEach(each -> each.learn(call));
        }
    }

    /** From now on it is told of new functions; gives those that there are. */
    synchronized List<RemoteCall> join(Understudy understudy) {
        standingBy.add(understudy);
        return new ArrayList<>(functions.values());
    }

    synchronized void leave(Understudy understudy) {
        standingBy.remove(understudy);
    }
}
