package io.forkloom.async;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A queue out of which anybody may go. Guarded by whoever has it; places whose party is served elsewhere may stand in it. */
final class Places<P extends Place> {
    private @Nullable Place first;
    private @Nullable Place last;
    private int size;

    boolean isEmpty() {
        return first == null;
    }

    int size() {
        return size;
    }

    void add(P place) {
        place.queue = this;
        place.ahead = last;
        if (last == null) {
            first = place;
        } else {
            last.behind = place;
        }
        last = place;
        size++;
    }

    /** Null if there is none. */
    @SuppressWarnings("unchecked") // only a P is ever added
    @Nullable
    P first() {
        return (P) first;
    }

    /** Takes out the first; null if there is none. */
    @Nullable
    P poll() {
        var place = first();
        if (place != null) {
            remove(place);
        }
        return place;
    }

    /** Harmless where it is not, or no longer, in this queue. */
    void remove(Place place) {
        if (place.queue != this) {
            return;
        }
        place.queue = null;
        if (place.ahead == null) {
            first = place.behind;
        } else {
            place.ahead.behind = place.behind;
        }
        if (place.behind == null) {
            last = place.ahead;
        } else {
            place.behind.ahead = place.ahead;
        }
        place.ahead = null;
        place.behind = null;
        size--;
    }

    @SuppressWarnings("unchecked") // only a P is ever added
    void forEach(Consumer<? super P> action) {
        for (@Nullable Place place = first; place != null; place = place.behind) {
            action.accept((P) place);
        }
    }
}
