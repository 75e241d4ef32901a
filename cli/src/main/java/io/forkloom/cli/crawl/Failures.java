package io.forkloom.cli.crawl;

import io.forkloom.Outcome;
import io.forkloom.TaskException;
import io.forkloom.cli.Times;
import io.forkloom.cli.crawl.deliver.Failure;
import io.forkloom.cli.crawl.fetch.FetchException;
import io.forkloom.cli.crawl.parse.UnreadableException;

/** Tells for the user of the command what an exception of a stage means for one input. */
final class Failures {
    private Failures() {}

    static Failure of(String source, String stage, Throwable error) {
        return error instanceof TaskException task
                ? of(source, stage, task.outcome())
                : new Failure(source, stage, "Failed", words(error));
    }

    /** The task's own message names label and submitting line, which here are the source and our own code. */
    private static Failure of(String source, String stage, Outcome<?> outcome) {
        String words = switch (outcome) {
            case Outcome.Completed<?> _ -> throw new IllegalArgumentException(source + " did not fail");
            case Outcome.Failed<?> failed ->
                failed.cause() instanceof UnreadableException unreadable
                        ? String.valueOf(unreadable.getMessage())
                        : "the parser threw " + failed.cause();
            case Outcome.TimedOut<?> late ->
                "ran longer than " + Times.words(late.deadline()) + " (--deadline) and was stopped";
            case Outcome.OutOfMemory<?> full ->
                "filled the heap of its worker (--heap): " + full.exit() + full.report();
            case Outcome.Crashed<?> crashed -> "crashed its worker: " + crashed.exit() + crashed.report();
            case Outcome.Cancelled<?> cancelled -> cancelled.reason();
            case Outcome.NotStarted<?> never -> never.reason();
        };
        return new Failure(source, stage, outcome.getClass().getSimpleName(), words);
    }

    private static String words(Throwable error) {
        return error instanceof FetchException && error.getMessage() != null ? error.getMessage() : error.toString();
    }
}
