package io.forkloom.async;

import org.jspecify.annotations.Nullable;

/** The function of an {@link AsyncMap} failed for an item; its error is the cause. */
public final class ItemFailedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    ItemFailedException(ItemOutcome.Failed<?, ?> outcome) {
        super(message(outcome), outcome.error());
    }

    private static String message(ItemOutcome.Failed<?, ?> outcome) {
        var attempts = outcome.attempts() == 1 ? "" : " after " + outcome.attempts() + " attempts";
        return "item " + outcome.number() + " (" + shortened(outcome.item()) + ") failed" + attempts + ": "
                + outcome.error();
    }

    /** An item may be a whole page. */
    private static String shortened(@Nullable Object item) {
        var words = String.valueOf(item);
        return words.length() <= 80 ? words : words.substring(0, 80) + "…";
    }
}
