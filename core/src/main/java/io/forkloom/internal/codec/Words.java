package io.forkloom.internal.codec;

import org.jspecify.annotations.Nullable;

/** What objects say of themselves, for messages. It is their own code that says it: it may throw, or never stop talking. */
final class Words {
    private static final int MOST = 1000;

    private Words() {}

    static String of(@Nullable Object object) {
        try {
            var text = String.valueOf(object);
            return text.length() <= MOST ? text : text.substring(0, MOST) + " ...";
        } catch (RuntimeException | StackOverflowError | LinkageError | AssertionError e) {
            return FaultFinder.name(object) + " (its toString threw " + FaultFinder.name(e) + ")";
        }
    }
}
