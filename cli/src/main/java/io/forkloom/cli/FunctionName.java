package io.forkloom.cli;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * A method as the user names it: {@code com.acme.Work::f}, or {@code com.acme.Work::f(int)} where there are several.
 *
 * @param types simple or full names of the parameters' types; empty where they were not said
 */
public record FunctionName(String className, String method, Optional<List<String>> types) {
    private static final String NAME = "[\\p{L}_$][\\p{L}\\p{N}_$]*";
    private static final Pattern FORM =
            Pattern.compile("(" + NAME + "(?:\\." + NAME + ")*)(?:::|#)(" + NAME + ")(?:\\(([^()]*)\\))?");

    public static FunctionName of(String text) {
        var match = FORM.matcher(text.strip());
        if (!match.matches()) {
            throw new InputException("'" + text + "' names no method: write com.acme.Work::f, the name of the class in"
                    + " full, or com.acme.Work::f(int) where several have that name");
        }
        return new FunctionName(
                match.group(1),
                match.group(2),
                Optional.ofNullable(match.group(3)).map(FunctionName::split));
    }

    private static List<String> split(String types) {
        return types.isBlank()
                ? List.of()
                : Pattern.compile(",").splitAsStream(types).map(String::strip).toList();
    }

    /** Whether these are the types that were said, or none were. */
    public boolean takes(List<Class<?>> parameters) {
        return types.isEmpty()
                || (types.get().size() == parameters.size()
                        && IntStream.range(0, parameters.size())
                                .allMatch(i -> is(parameters.get(i), types.get().get(i))));
    }

    private static boolean is(Class<?> type, String name) {
        return type.getSimpleName().equals(name)
                || type.getTypeName().equals(name)
                || type.getName().equals(name);
    }
}
