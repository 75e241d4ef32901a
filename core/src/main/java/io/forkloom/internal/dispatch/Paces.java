package io.forkloom.internal.dispatch;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The paces of one pool's functions. A class that is unloaded takes its paces along; none keeps a class loaded.
 *
 * <p>A call on several arguments takes as much longer: those of about the same number, up to its double, share a pace.
 */
public final class Paces {
    private final ClassValue<Map<Integer, Pace>> byClass = new ByClass();

    /** The pace of calls that hold so many arguments: one, or a chunk. */
    public Pace of(Class<?> function, int arguments) {
        int magnitude = Integer.SIZE - Integer.numberOfLeadingZeros(arguments);
        return byClass.get(function).computeIfAbsent(magnitude, any -> new Pace());
    }

    private static final class ByClass extends ClassValue<Map<Integer, Pace>> {
        @Override
        protected Map<Integer, Pace> computeValue(Class<?> function) {
            return new ConcurrentHashMap<>(2);
        }
    }
}
