package io.forkloom;

import io.forkloom.event.WorkerExit;
import io.forkloom.event.WorkerId;
import java.util.List;
import java.util.Optional;

/**
 * Which task an outcome speaks of.
 *
 * @param id counts the tasks that a pool has accepted, from 1; 0 for an argument of a map that was not
 * @param label the caller's, or the function's name ({@code Pages::parse})
 * @param site where it was submitted ({@code Main.java:12}), as far as the class files tell
 * @param worker the worker that ran it last; empty where none did
 * @param earlier how the workers ended that earlier attempts have cost; empty where it was started once
 */
public record TaskInfo(
        long id,
        String label,
        Optional<String> site,
        Optional<WorkerId> worker,
        Timing timing,
        List<WorkerExit> earlier) {
    /** {@code Pages::parse (submitted at Main.java:12)}. */
    @Override
    public String toString() {
        return label + site.map(where -> " (submitted at " + where + ")").orElse("");
    }
}
