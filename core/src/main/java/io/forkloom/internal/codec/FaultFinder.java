package io.forkloom.internal.codec;

import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.util.IdentityHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Says why an object cannot be serialised, and what to do: writes it once more into the void to learn which object was
 * the last that was tried, then looks for a way to it from the root.
 */
@SuppressWarnings("ReferenceEquality") // two equal objects are not one: the very culprit is looked for
final class FaultFinder {
    private FaultFinder() {}

    /** {@code field `client` of com.acme.Fetcher (java.net.http.HttpClient). Pass ...}. */
    static String find(@Nullable Object root, Exception problem) {
        var culprit = root == null ? null : culprit(root);
        if (root == null || culprit == null) {
            return problem instanceof NotSerializableException
                    ? String.valueOf(problem.getMessage())
                    : Words.of(problem);
        }
        var way = culprit == root ? null : Way.between(root, culprit);
        String holder = way == null ? type(culprit) : way.path() + " (" + type(culprit) + ")";
        if (!(problem instanceof NotSerializableException) || culprit instanceof Serializable) {
            return "at " + holder + ": " + Words.of(problem);
        }
        return holder + advice(culprit, way);
    }

    static String name(@Nullable Object object) {
        return object == null ? "null" : object.getClass().getTypeName();
    }

    private static String type(Object culprit) {
        return isLambda(culprit) ? "a lambda, a " + kind(culprit).getTypeName() : name(culprit);
    }

    private static String advice(Object culprit, @Nullable Way way) {
        if (isLambda(culprit)) {
            return ". Declare it as TaskFunction or another type that is serialisable, or cast it where it is written: ("
                    + kind(culprit).getSimpleName() + " & Serializable)";
        }
        String pass = (way == null || way.isField() ? "pass what it was made from" : "put what it was made from there")
                + " instead" + (way != null && way.canBeTransient() ? ", or mark the field transient" : "");
        return isOfTheJdk(culprit)
                ? ". " + Character.toUpperCase(pass.charAt(0)) + pass.substring(1)
                : ". Let " + (culprit instanceof Record ? "the record " : "")
                        + culprit.getClass().getTypeName() + " implement java.io.Serializable, or " + pass;
    }

    private static boolean isLambda(Object object) {
        return object.getClass().isHidden() && object.getClass().getInterfaces().length > 0;
    }

    private static Class<?> kind(Object lambda) {
        return lambda.getClass().getInterfaces()[0];
    }

    private static boolean isOfTheJdk(Object object) {
        var loader = object.getClass().getClassLoader();
        return loader == null || loader == ClassLoader.getPlatformClassLoader();
    }

    private static @Nullable Object culprit(Object root) {
        try {
            var recorder = new Recorder();
            try {
                recorder.writeObject(root);
                return null;
            } catch (IOException | RuntimeException e) {
                return recorder.lastBefore(e); // the same problem as the first time
            }
        } catch (IOException | StackOverflowError | LinkageError | AssertionError e) {
            return null; // another one: nothing is learnt from it
        }
    }

    /** Never closed: it holds nothing but memory, and a stream that has failed once may fail again. */
    private static final class Recorder extends ObjectOutputStream {
        /** A stream writes the IOException that ends it, too: what was tried before each. */
        private final IdentityHashMap<Exception, Object> before = new IdentityHashMap<>();

        private @Nullable Object last;

        Recorder() throws IOException {
            super(OutputStream.nullOutputStream());
            enableReplaceObject(true);
        }

        @Override
        protected Object replaceObject(Object object) {
            if (object instanceof IOException problem && last != null) {
                before.put(problem, last);
            }
            last = object;
            return object;
        }

        @Nullable
        Object lastBefore(Exception problem) {
            return before.getOrDefault(problem, last);
        }
    }
}
