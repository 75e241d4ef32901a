package io.forkloom.pipeline;

import java.util.List;

/**
 * A run of a pipeline failed: a stage under {@link OnError#fail}, its source, or a dead-letter consumer threw. The cause is
 * what was thrown first; errors of other items that failed before they could be stopped are suppressed.
 */
public final class PipelineFailedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    // Counts live as long as the program that reads them; nothing of them is worth sending.
    private final transient Account account;

    PipelineFailedException(List<RunFailure> failures, Account account) {
        super(failures.getFirst().getMessage(), failures.getFirst().getCause());
        this.account = account;
        failures.stream().skip(1).map(RunFailure::error).forEach(this::addSuppressed);
    }

    /** What had become of the items when the run had ended. */
    public Account account() {
        return account;
    }
}
