package io.forkloom.internal.codec;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the variables of a JShell session are at the moment of a call: those that the function uses, and those that its
 * arguments, its captured values and these variables themselves use where they are of snippets too.
 */
final class SessionValues {
    private final Map<Snippets.Variable, @Nullable Object> values = new LinkedHashMap<>();
    private final Deque<Object> open = new ArrayDeque<>();
    private final String function;

    private SessionValues(String function) {
        this.function = function;
    }

    /** Empty for a function that is not of a snippet. */
    static SessionValues of(Shape shape, Object function, @Nullable Object[] captured, @Nullable Object[] arguments)
            throws CodecException {
        var session = new SessionValues(shape.name());
        if (shape.isSnippet()) {
            session.open.add(function);
            session.addAll(captured);
            session.addAll(arguments);
            session.follow();
        }
        return session;
    }

    boolean isEmpty() {
        return values.isEmpty();
    }

    void writeTo(Encoder out) throws CodecException {
        var names = values.keySet().stream().flatMap(each -> Stream.of(each.owner(), each.name()));
        out.write("names of variables", names.toArray(String[]::new));
        for (var each : values.entrySet()) {
            out.write(what(each.getKey().name(), function), each.getValue());
        }
    }

    /** In the worker. */
    static void readFrom(Decoder in, String function, ClassLoader loader) throws CodecException {
        if (!(in.read("names of variables") instanceof String[] names)) {
            throw new CodecException("names of variables are missing", null);
        }
        for (int i = 0; i + 1 < names.length; i += 2) {
            String what = what(names[i + 1], function);
            var value = in.read(what);
            try {
                new Snippets.Variable(names[i], names[i + 1]).set(loader, value);
            } catch (ReflectiveOperationException | LinkageError e) {
                throw new CodecException(what + " cannot be set: " + e, e);
            }
        }
    }

    private static String what(String variable, String function) {
        return "variable `" + variable + "`, which " + function + " uses,";
    }

    private void addAll(@Nullable Object[] objects) {
        Arrays.stream(objects).filter(each -> each != null).forEach(open::add);
    }

    private void follow() throws CodecException {
        while (!open.isEmpty()) {
            var object = open.remove();
            if (object instanceof @Nullable Object[] elements) { // of a map, for one
                addAll(elements);
            }
            for (var variable : Shape.of(object).variables()) {
                if (!values.containsKey(variable)) {
                    try {
                        var value = variable.value(object.getClass().getClassLoader());
                        values.put(variable, value);
                        addAll(new @Nullable Object[] {value});
                    } catch (ReflectiveOperationException | LinkageError e) {
                        throw new CodecException(what(variable.name(), function) + " cannot be read: " + e, e);
                    }
                }
            }
        }
    }
}
