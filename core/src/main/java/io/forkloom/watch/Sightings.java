package io.forkloom.watch;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/** Who has been on a carrier, look by look. Thread-free. */
final class Sightings {
    private final ToLongFunction<Carrier> withoutProcessor;
    private List<Sighting> present = new ArrayList<>();

    /** @param withoutProcessor nanoseconds for which a carrier was ready and had none, ever */
    Sightings(ToLongFunction<Carrier> withoutProcessor) {
        this.withoutProcessor = withoutProcessor;
    }

    /**
     * A look, which takes a while: who is seen first was there at its end for sure, and who is seen again at its begin.
     *
     * @return those that were there before and are gone
     */
    List<Sighting> see(List<Carrier> carriers, long begin, long end) {
        var still = new ArrayList<Sighting>();
        for (var carrier : carriers) {
            long idle = withoutProcessor.applyAsLong(carrier);
            var known = present.stream().filter(each -> each.continues(carrier)).findFirst();
            known.ifPresent(each -> each.again(carrier, begin, idle));
            still.add(known.orElseGet(() -> new Sighting(carrier, end, idle)));
        }
        var gone = new ArrayList<>(present);
        gone.removeAll(still);
        present = still;
        return gone;
    }

    List<Sighting> present() {
        return List.copyOf(present);
    }

    /** The whole program stood still for so long. */
    void stall(long nanos) {
        present.forEach(each -> each.stall(nanos));
    }

    /** Nobody was seen; a new story begins. */
    void clear() {
        present = new ArrayList<>();
    }
}
