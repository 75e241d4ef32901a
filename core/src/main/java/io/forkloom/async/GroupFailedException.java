package io.forkloom.async;

import java.util.List;

/** Subtasks of a group failed: the first error is the cause, those that came after it are suppressed. */
public final class GroupFailedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    GroupFailedException(String group, List<Throwable> errors) {
        super(message(group, errors), errors.getFirst());
        errors.stream().skip(1).forEach(this::addSuppressed);
    }

    private static String message(String group, List<Throwable> errors) {
        var more = errors.size() == 1 ? "" : ", and " + (errors.size() - 1) + " more";
        return "group " + group + " failed: " + words(errors.getFirst()) + more;
    }

    /** An error of somebody else's may have no words for itself. */
    private static String words(Throwable error) {
        try {
            return error.toString();
        } catch (RuntimeException e) {
            return error.getClass().getName();
        }
    }
}
