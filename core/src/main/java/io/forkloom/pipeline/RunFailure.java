package io.forkloom.pipeline;

import org.jspecify.annotations.Nullable;

/** Carries an error from the thread where it arose to whoever awaits the run, with words on where that was. */
final class RunFailure extends Exception {
    private static final long serialVersionUID = 1;
    private static final int ITEM_LENGTH = 200; // characters

    private final Throwable error;

    private RunFailure(String where, Throwable error) {
        super(where + ": " + error, error, false, false);
        this.error = error;
    }

    static RunFailure ofSource(Throwable error) {
        return new RunFailure("the source failed", error);
    }

    /** @param others how many more were in the batch that failed */
    static RunFailure ofStage(DeadLetter letter, int others) {
        var what = words(letter) + (others == 0 ? "" : ", in a batch with " + others + " more");
        return new RunFailure("stage " + letter.stage() + " failed on " + what, letter.error());
    }

    static RunFailure ofConsumer(DeadLetter letter, Throwable error) {
        var what = words(letter) + ", which stage " + letter.stage() + " had failed with " + letter.error();
        return new RunFailure("the dead-letter consumer failed on " + what, error);
    }

    static RunFailure of(Throwable error) {
        return error instanceof RunFailure failure ? failure : new RunFailure("the run failed", error);
    }

    /** What was thrown, as it was. */
    Throwable error() {
        return error;
    }

    private static String words(DeadLetter letter) {
        var item = abbreviated(letter.item());
        return letter.attempts() == 1 ? item : item + " after " + letter.attempts() + " attempts";
    }

    private static String abbreviated(@Nullable Object item) {
        var words = String.valueOf(item);
        return words.length() <= ITEM_LENGTH ? words : words.substring(0, ITEM_LENGTH) + "…";
    }
}
