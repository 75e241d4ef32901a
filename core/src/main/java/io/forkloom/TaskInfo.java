package io.forkloom;

import io.forkloom.event.WorkerId;
import java.util.Optional;

/**
 * Which task an outcome speaks of.
 *
 * @param id counts the tasks of a pool, from 1
 * @param label the caller's, or the function's name ({@code Pages::parse})
 * @param site where it was submitted ({@code Main.java:12}), as far as the class files tell
 * @param worker the worker that ran it last; empty where none did
 */
public record TaskInfo(long id, String label, Optional<String> site, Optional<WorkerId> worker, Timing timing) {
    /** {@code Pages::parse (submitted at Main.java:12)}. */
    @Override
    public String toString() {
        return label + site.map(where -> " (submitted at " + where + ")").orElse("");
    }
}
