package io.forkloom.watch;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Sets the parallelism of the JDK's scheduler, for one owner in this JVM, and puts back what was there. What somebody else has
 * set meanwhile is left alone. For one thread at a time.
 */
final class Rescue implements AutoCloseable {
    private static final AtomicReference<@Nullable Rescue> OWNER = new AtomicReference<>();

    private final Carriers carriers;
    private final int before;
    private int set;

    private Rescue(Carriers carriers) {
        this.carriers = carriers;
        before = carriers.parallelism();
        set = before;
    }

    /** @throws IllegalStateException where there is one already */
    static Rescue open(Carriers carriers) {
        var rescue = new Rescue(carriers);
        if (!OWNER.compareAndSet(null, rescue)) {
            throw new IllegalStateException("another watch of this program sets the number of carriers already, by"
                    + " rescue or noBlocking: there is one scheduler, so close that one first");
        }
        return rescue;
    }

    int before() {
        return before;
    }

    int now() {
        return set;
    }

    /** Whether it was done; not where the number is no longer ours, or the scheduler refuses. */
    boolean set(int parallelism) {
        if (parallelism == set || carriers.parallelism() != set || !carriers.parallelism(parallelism)) {
            return false;
        }
        set = parallelism;
        return true;
    }

    @Override
    public void close() {
        set(before);
        OWNER.compareAndSet(this, null);
    }
}
