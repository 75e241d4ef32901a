package io.forkloom.internal.codec;

import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the field that holds what cannot be serialised: writes the object once more into the void to learn which object
 * was the last that was tried, then looks for a way to it from the root, through fields and containers.
 */
@SuppressWarnings("ReferenceEquality") // two equal objects are not one: the very culprit is looked for
final class FaultFinder {
    /** A larger graph is not searched: then the culprit's class is named, and not its place. */
    private static final int MOST_OBJECTS = 100_000;

    /** How an object is held by another one. */
    private record Held(String place, @Nullable Held outer, Object object) {
        String path() {
            return outer == null || outer.place.isEmpty() ? place : place + " in " + outer.path();
        }
    }

    private FaultFinder() {}

    /** {@code field `client` of com.acme.Fetcher (java.net.http.HttpClient). Pass ...}. */
    static String find(@Nullable Object root, Exception problem) {
        var culprit = culprit(root);
        if (root == null || culprit == null) {
            return String.valueOf(problem.getMessage());
        }
        String path = path(root, culprit);
        String holder = path.isEmpty() ? name(culprit) : path + " (" + name(culprit) + ")";
        if (!(problem instanceof NotSerializableException)) {
            return "at " + holder + ": " + problem;
        }
        return holder + advice(culprit, root, path);
    }

    static String name(@Nullable Object object) {
        return object == null ? "null" : object.getClass().getTypeName();
    }

    private static String advice(Object culprit, Object root, String path) {
        if (culprit == root) {
            // A class of the program's own is most often the object around a lambda.
            return culprit.getClass().getClassLoader() != null
                    ? ". If a lambda uses a field or method of the enclosing object, it captures that object: make what"
                            + " it uses static, or copy the field to a local variable"
                    : ". Pass what it was made from instead";
        }
        return path.startsWith("field")
                ? ". Pass what it was made from instead, or mark the field transient"
                : ". Put what it was made from there instead";
    }

    private static @Nullable Object culprit(@Nullable Object root) {
        try (var recorder = new Recorder()) {
            try {
                recorder.writeObject(root);
            } catch (IOException | RuntimeException e) {
                // The same problem as the first time. The stream then writes an IOException too: not that one.
                return recorder.lastBefore(e);
            }
            return null;
        } catch (IOException e) {
            return null; // closing a stream into the void that has failed before
        }
    }

    /** From the holder of the culprit outwards, as far as containers go; empty where no way is seen. */
    private static String path(Object root, Object culprit) {
        Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<Held> open = new ArrayDeque<>(List.of(new Held("", null, root)));
        while (!open.isEmpty() && seen.size() < MOST_OBJECTS) {
            var held = open.removeFirst();
            if (held.object == culprit) {
                return held.path();
            }
            if (seen.add(held.object)) {
                open.addAll(inside(held));
            }
        }
        return "";
    }

    private static List<Held> inside(Held held) {
        var inner = new ArrayList<Held>();
        switch (held.object) {
            case Object[] array -> elements(Arrays.asList(array), held, inner);
            case Collection<?> collection -> elements(collection, held, inner);
            case Map<?, ?> map ->
                map.forEach((key, value) -> {
                    add("key", key, held, inner);
                    add("value of key " + key + " of a " + name(map), value, held, inner);
                });
            default -> fields(held, inner);
        }
        return inner;
    }

    private static void elements(Collection<?> elements, Held held, List<Held> inner) {
        int at = 0;
        for (Object element : elements) {
            add("element " + at++ + " of a " + name(held.object), element, held, inner);
        }
    }

    private static void fields(Held held, List<Held> inner) {
        for (Class<?> type = held.object.getClass(); type != null; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                int modifiers = field.getModifiers();
                if (!Modifier.isStatic(modifiers) && !Modifier.isTransient(modifiers)) {
                    // The way to a field begins with its class: who holds that object is of no interest.
                    add(
                            "field `" + field.getName() + "` of " + type.getTypeName(),
                            value(field, held.object),
                            null,
                            inner);
                }
            }
        }
    }

    private static void add(String place, @Nullable Object object, @Nullable Held outer, List<Held> inner) {
        if (object != null) {
            inner.add(new Held(place, outer, object));
        }
    }

    private static @Nullable Object value(Field field, Object holder) {
        try {
            return !field.getType().isPrimitive() && field.trySetAccessible() ? field.get(holder) : null;
        } catch (IllegalAccessException e) {
            return null;
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

        @Nullable
        Object lastBefore(Exception problem) {
            for (int i = 1; i < seen.size(); i++) {
                if (seen.get(i) == problem) {
                    return seen.get(i - 1);
                }
            }
            return seen.isEmpty() ? null : seen.getLast();
        }
    }
}
