package io.forkloom.internal.codec;

import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the field that holds what cannot be serialised: writes the object once more into the void and remembers each
 * object on the way, so the last one is the culprit, and one of those before it holds it.
 */
@SuppressWarnings("ReferenceEquality") // two equal objects are not one: the very culprit is looked for
final class FaultFinder {
    private FaultFinder() {}

    /** {@code field `client` of com.acme.Fetcher (java.net.http.HttpClient). Pass ...}. */
    static String find(@Nullable Object root, Exception problem) {
        var seen = record(root);
        if (seen.isEmpty()) {
            return String.valueOf(problem.getMessage());
        }
        var culprit = seen.getLast();
        String path = path(culprit, seen);
        String holder = path.isEmpty() ? name(culprit) : path + " (" + name(culprit) + ")";
        if (!(problem instanceof NotSerializableException)) {
            return "at " + holder + ": " + problem;
        }
        return holder + advice(culprit, root, path);
    }

    static String name(@Nullable Object object) {
        return object == null ? "null" : object.getClass().getTypeName();
    }

    private static String advice(Object culprit, @Nullable Object root, String path) {
        if (culprit == root) {
            String captured = isProgram(culprit)
                    ? ". If a lambda uses a field or method of the enclosing object, it captures that object: make what"
                            + " it uses static, or copy the field to a local variable"
                    : "";
            return captured.isEmpty()
                    ? ". Make the class implement Serializable, or pass what it was made from"
                    : captured;
        }
        return path.startsWith("element") || path.startsWith("value")
                ? ". Put what it was made from there instead"
                : ". Pass what it was made from instead, or mark the field transient";
    }

    private static boolean isProgram(Object object) {
        return object.getClass().getClassLoader() != null;
    }

    private static List<Object> record(@Nullable Object root) {
        try (var recorder = new Recorder()) {
            try {
                recorder.writeObject(root);
            } catch (IOException | RuntimeException e) {
                // The same problem as the first time; now we know where.
            }
            return recorder.seen;
        } catch (IOException e) {
            return List.of(); // closing a stream into the void that has failed before
        }
    }

    /** From the holder inwards; empty where nobody is seen to hold the culprit. */
    private static String path(Object culprit, List<Object> seen) {
        for (int i = seen.size() - 2; i >= 0; i--) {
            var holder = seen.get(i);
            var place = place(culprit, holder);
            if (place.isPresent()) {
                boolean container = !place.get().startsWith("field");
                String outer = container ? path(holder, seen.subList(0, i + 1)) : "";
                return place.get() + (outer.isEmpty() ? "" : " in " + outer);
            }
        }
        return "";
    }

    private static Optional<String> place(Object culprit, Object holder) {
        if (holder instanceof Object[] array) {
            return index(culprit, Arrays.asList(array), holder);
        }
        if (holder instanceof Collection<?> collection) {
            return index(culprit, collection, holder);
        }
        if (holder instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .filter(entry -> entry.getValue() == culprit || entry.getKey() == culprit)
                    .map(entry -> (entry.getValue() == culprit ? "value of key " + entry.getKey() : "key") + " of a "
                            + name(holder))
                    .findFirst();
        }
        return field(culprit, holder);
    }

    private static Optional<String> index(Object culprit, Collection<?> elements, Object holder) {
        int at = 0;
        for (Object element : elements) {
            if (element == culprit) {
                return Optional.of("element " + at + " of a " + name(holder));
            }
            at++;
        }
        return Optional.empty();
    }

    private static Optional<String> field(Object culprit, Object holder) {
        for (Class<?> type = holder.getClass(); type != null; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers()) && holds(field, holder, culprit)) {
                    return Optional.of("field `" + field.getName() + "` of " + type.getTypeName());
                }
            }
        }
        return Optional.empty();
    }

    private static boolean holds(Field field, Object holder, Object culprit) {
        try {
            return !field.getType().isPrimitive() && field.trySetAccessible() && field.get(holder) == culprit;
        } catch (IllegalAccessException e) {
            return false;
        }
    }

    private static final class Recorder extends ObjectOutputStream {
        private final List<Object> seen = new ArrayList<>();

        Recorder() throws IOException {
            super(OutputStream.nullOutputStream());
            enableReplaceObject(true);
        }

        @Override
        protected Object replaceObject(Object object) {
            seen.add(object);
            return object;
        }
    }
}
