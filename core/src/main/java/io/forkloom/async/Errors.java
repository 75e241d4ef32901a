package io.forkloom.async;

import java.util.ArrayList;
import java.util.List;

/** The errors of a group, in the order in which they came: each is thrown, or taken, or there was no need for it. */
final class Errors {
    private final String group;

    // Guarded by this.
    private final List<Throwable> errors = new ArrayList<>();
    private int thrown;
    private boolean dropped;

    Errors(String group) {
        this.group = group;
    }

    synchronized void add(Throwable error) {
        errors.add(error);
    }

    /** Somebody has it. */
    synchronized void remove(Throwable error) {
        int at = errors.indexOf(error);
        if (at >= 0) {
            errors.remove(at);
            thrown -= at < thrown ? 1 : 0;
        }
    }

    /** There is a value: what failed before it, or will, is told by its subtask only. */
    synchronized void drop() {
        dropped = true;
    }

    /** Whoever asks has them. */
    synchronized List<Throwable> list() {
        thrown = errors.size();
        return List.copyOf(errors);
    }

    /** Throws if there are any, also those that were thrown before. */
    synchronized void throwAll() {
        throwFrom(0);
    }

    /** Throws if there are any that nobody has seen yet. */
    synchronized void throwUntold() {
        throwFrom(thrown);
    }

    private void throwFrom(int first) {
        if (first < errors.size() && !dropped) {
            var failed = new GroupFailedException(group, List.copyOf(errors.subList(first, errors.size())));
            thrown = errors.size();
            throw failed;
        }
    }
}
