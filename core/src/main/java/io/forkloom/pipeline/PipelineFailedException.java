package io.forkloom.pipeline;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A run of a pipeline failed: a stage under {@link OnError#fail}, its source, or a dead-letter consumer threw. The
 * cause is what was thrown first; errors of other items that failed before they could be stopped are suppressed.
 */
public final class PipelineFailedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    // Numbers of a run of this JVM: they stay in it.
    private final transient @Nullable Account account;

    PipelineFailedException(List<RunFailure> failures, Account account) {
        super(failures.getFirst().getMessage(), failures.getFirst().getCause());
        this.account = account;
        failures.stream().skip(1).map(RunFailure::error).forEach(this::addSuppressed);
    }

    /** What had become of the items when the run had ended. */
    public Account account() {
        if (account == null) {
            throw new IllegalStateException("this exception was deserialised: its account stayed where it arose");
        }
        return account;
    }
}
