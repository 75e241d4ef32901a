package io.forkloom.internal.codec;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How one object is held by another one: the last step of a way from a root.
 *
 * @param place in its holder: a field, an element
 * @param outer how the holder is held, where that is worth telling
 * @param field where it is one
 */
record Way(String place, @Nullable Way outer, @Nullable Field field, Object object) {
    /** More than this is not told of a way through containers. */
    private static final int MOST_STEPS = 5;

    /** From the object outwards, as far as containers go; null where no way is seen. */
    static @Nullable Way between(Object root, Object object) {
        return new Search().find(root, object);
    }

    String path() {
        var text = new StringBuilder(place);
        int steps = 1;
        for (var way = outer; way != null && !way.place.isEmpty(); way = way.outer, steps++) {
            if (steps == MOST_STEPS) {
                return text.append(" in ...").toString();
            }
            text.append(" in ").append(way.place);
        }
        return text.toString();
    }

    boolean isField() {
        return field != null;
    }

    boolean canBeTransient() {
        return field != null && !field.getDeclaringClass().isRecord();
    }

    /**
     * Breadth first, so that the way is short. Containers are asked for what they hold, which is code of anybody's: it
     * may throw, and it may never end.
     */
    @SuppressWarnings("ReferenceEquality") // two equal objects are not one
    private static final class Search {
        /** In a larger graph the way may stay unknown. */
        private static final int MOST_OBJECTS = 100_000;

        private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        private final Deque<Way> open = new ArrayDeque<>();
        private int left = MOST_OBJECTS;

        @Nullable
        Way find(Object root, Object object) {
            open.add(new Way("", null, null, root));
            while (!open.isEmpty()) {
                var way = open.removeFirst();
                if (way.object == object) {
                    return way;
                }
                if (seen.add(way.object)) {
                    carefully(() -> fields(way)); // first: the elements may have no end
                    carefully(() -> elements(way));
                }
            }
            return null;
        }

        private static void carefully(Runnable look) {
            try {
                look.run();
            } catch (OutOfMemoryError e) {
                throw e;
            } catch (Throwable e) {
                // What was seen until then is what there is to see.
            }
        }

        private void elements(Way holder) {
            switch (holder.object) {
                case Object[] array -> elements(Arrays.asList(array), holder);
                case Collection<?> collection -> elements(collection, holder);
                case Map<?, ?> map -> entries(map, holder);
                default -> {}
            }
        }

        private void elements(Collection<?> elements, Way holder) {
            int at = 0;
            for (Object element : elements) {
                if (!add("element " + at++ + " of a " + FaultFinder.name(holder.object), holder, null, element)) {
                    return;
                }
            }
        }

        private void entries(Map<?, ?> map, Way holder) {
            for (var entry : map.entrySet()) {
                var key = entry.getKey();
                if (!add("key", holder, null, key)
                        || !add(
                                "value of key " + told(key) + " of a " + FaultFinder.name(map),
                                holder,
                                null,
                                entry.getValue())) {
                    return;
                }
            }
        }

        /** Only what speaks for itself, in few words. */
        private static String told(@Nullable Object key) {
            return key == null || key.getClass().getPackageName().equals("java.lang")
                    ? Words.of(key)
                    : key instanceof Enum<?> constant ? constant.name() : "(" + FaultFinder.name(key) + ")";
        }

        private void fields(Way holder) {
            for (Class<?> type = holder.object.getClass(); type != null; type = type.getSuperclass()) {
                for (Field field : type.getDeclaredFields()) {
                    int modifiers = field.getModifiers();
                    if (!Modifier.isStatic(modifiers) && !Modifier.isTransient(modifiers)) {
                        // The way to a field begins with its class: who holds that object is of no interest.
                        add(
                                "field `" + field.getName() + "` of " + type.getTypeName(),
                                null,
                                field,
                                value(field, holder.object));
                    }
                }
            }
        }

        private static @Nullable Object value(Field field, Object holder) {
            try {
                return !field.getType().isPrimitive() && field.trySetAccessible() ? field.get(holder) : null;
            } catch (IllegalAccessException e) {
                return null;
            }
        }

        /** Whether there is more to look at. */
        private boolean add(String place, @Nullable Way outer, @Nullable Field field, @Nullable Object object) {
            if (object != null && left > 0) {
                open.add(new Way(place, outer, field, object));
            }
            return --left > 0;
        }
    }
}
