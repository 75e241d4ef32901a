package io.forkloom.cli.crawl.parse;

import io.forkloom.cli.ClassPath;
import io.forkloom.cli.FunctionName;
import io.forkloom.cli.InputException;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds the method that a user names as a parser, and says what is wrong with it. Runs nothing of the user's. */
final class OwnMethod {
    private static final List<List<Class<?>>> FORMS =
            List.of(List.of(byte[].class), List.of(String.class), List.of(byte[].class, Map.class));

    private OwnMethod() {}

    /**
     * Refuses a method that cannot be called; to be asked before work starts.
     *
     * @throws InputException if so
     */
    static void check(String name, ClassPath path) {
        try (var classes = OwnClasses.of(path)) {
            var _ = find(name, classes, Optional.of(path));
        } catch (IOException failure) {
            throw new InputException("the class path cannot be read: " + failure.getMessage(), failure);
        }
    }

    /** In the worker, where it has been checked. */
    static Method find(String name, OwnClasses classes) {
        return find(name, classes, Optional.empty());
    }

    private static Method find(String text, OwnClasses classes, Optional<ClassPath> path) {
        var name = FunctionName.of(text);
        try {
            return choose(name, owner(name, classes, path));
        } catch (LinkageError | TypeNotPresentException missing) {
            throw new InputException(
                    name.className() + " cannot be loaded: "
                            + String.valueOf(missing.getMessage()).replace('/', '.') + ". Is --class-path complete?",
                    missing);
        }
    }

    private static Class<?> owner(FunctionName name, OwnClasses classes, Optional<ClassPath> path) {
        // A nested class has a $ where the user may have a dot.
        for (String each = name.className();
                ;
                each = each.substring(0, each.lastIndexOf('.')) + "$" + each.substring(each.lastIndexOf('.') + 1)) {
            try {
                return Class.forName(each, false, classes);
            } catch (ClassNotFoundException e) {
                if (each.lastIndexOf('.') < 0) {
                    throw new InputException(noClass(name.className(), path), e);
                }
            }
        }
    }

    private static String noClass(String name, Optional<ClassPath> path) {
        var alike = path.map(each -> each.alike(name)).orElse(List.of()).stream()
                .distinct()
                .limit(5)
                .toList();
        return "--parse: there is no class " + name + " on the class path"
                + (alike.isEmpty()
                        ? ": name its jar or folder by --class-path"
                        : "; there is " + String.join(", ", alike));
    }

    private static Method choose(FunctionName name, Class<?> owner) {
        var named = Stream.of(owner.getDeclaredMethods())
                .filter(method -> !method.isSynthetic() && method.getName().equals(name.method()))
                .filter(method -> name.takes(List.of(method.getParameterTypes())))
                .toList();
        if (named.isEmpty()) {
            throw new InputException("--parse: " + owner.getName() + " has no method '" + name.method() + "'"
                    + name.types()
                            .map(types -> " of (" + String.join(", ", types) + ")")
                            .orElse(""));
        }
        var fitting = named.stream()
                .filter(method -> FORMS.contains(List.of(method.getParameterTypes())))
                .toList();
        if (fitting.isEmpty()) {
            throw new InputException("--parse: " + list(named) + " takes something else than (byte[]), (String) or"
                    + " (byte[], Map<String, String>)");
        }
        if (fitting.size() > 1) {
            throw new InputException("--parse: several are called so: say which, " + list(fitting));
        }
        return callable(fitting.getFirst());
    }

    private static Method callable(Method method) {
        int modifiers = method.getModifiers() & method.getDeclaringClass().getModifiers();
        if (!Modifier.isPublic(modifiers) || !Modifier.isStatic(method.getModifiers())) {
            throw new InputException("--parse: " + signature(method) + " is not public and static, in a public class");
        }
        if (method.getReturnType() == void.class) {
            throw new InputException("--parse: " + signature(method)
                    + " returns nothing: let it return a Map, a record, a List, a String or a number");
        }
        return method;
    }

    private static String list(List<Method> methods) {
        return methods.stream().map(OwnMethod::signature).sorted().collect(Collectors.joining(", "));
    }

    private static String signature(Method method) {
        return method.getDeclaringClass().getName() + "::" + method.getName()
                + Stream.of(method.getParameterTypes())
                        .map(Class::getSimpleName)
                        .collect(Collectors.joining(", ", "(", ")"));
    }
}
