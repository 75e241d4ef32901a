package io.forkloom.cli.advise;

import io.forkloom.cli.ClassPath;
import io.forkloom.cli.FunctionName;
import io.forkloom.cli.InputException;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.text.Format;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Calendar;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds the method that the user means, and says what there is where there is none. Runs nothing of the user's. */
final class Finder {
    private static final int MOST_PARAMETERS = 2;
    private static final int MOST_TOLD = 8;

    /** Final fields of these types are state all the same: a call writes into them. */
    private static final List<Class<?>> WRITTEN_INTO =
            List.of(StringBuilder.class, StringBuffer.class, Format.class, Calendar.class);

    private Finder() {}

    static Subject find(ClassPath path, FunctionName name, List<String> arguments) {
        try (var loader = path.loader()) {
            var owner = owner(path, name, loader);
            var method = method(owner, name, arguments);
            check(method, name, arguments);
            var parameters = Stream.of(method.getParameterTypes())
                    .map(Class::getSimpleName)
                    .toList();
            return new Subject(
                    new Call(owner.getName(), method.getName(), Call.names(method), List.copyOf(arguments)),
                    parameters,
                    method.getReturnType().getSimpleName(),
                    Modifier.isNative(method.getModifiers()),
                    state(owner));
        } catch (LinkageError | TypeNotPresentException missing) {
            throw new InputException(
                    name.className() + " cannot be loaded: " + words(missing) + ". Is the class path complete?",
                    missing);
        } catch (IOException failure) {
            throw new InputException("the class path cannot be read: " + failure.getMessage(), failure);
        }
    }

    private static Class<?> owner(ClassPath path, FunctionName name, ClassLoader loader) {
        // A nested class has a $ where the user may have a dot.
        for (String each = name.className();
                ;
                each = each.substring(0, each.lastIndexOf('.')) + "$" + each.substring(each.lastIndexOf('.') + 1)) {
            try {
                return Class.forName(each, false, loader);
            } catch (ClassNotFoundException e) {
                if (each.lastIndexOf('.') < 0) {
                    throw new InputException(noClass(path, name.className()), e);
                }
            }
        }
    }

    private static String noClass(ClassPath path, String name) {
        var alike = path.alike(name).stream().distinct().limit(MOST_TOLD).toList();
        return "there is no class " + name + " on the class path"
                + (alike.isEmpty()
                        ? ": name its jar or folder by --class-path"
                        : "; there is " + String.join(", ", alike));
    }

    private static Method method(Class<?> owner, FunctionName name, List<String> arguments) {
        var all = Stream.of(owner.getDeclaredMethods())
                .filter(method -> !method.isSynthetic())
                .toList();
        var named = all.stream()
                .filter(method -> method.getName().equals(name.method()))
                .filter(method -> name.takes(List.of(method.getParameterTypes())))
                .toList();
        if (named.isEmpty()) {
            throw new InputException(noMethod(owner, name, all));
        }
        if (named.size() == 1) {
            return named.getFirst();
        }
        var fitting = named.stream().filter(method -> fits(method, arguments)).toList();
        if (fitting.size() == 1) {
            return fitting.getFirst();
        }
        throw new InputException("there are several: choose " + list(fitting.isEmpty() ? named : fitting));
    }

    private static String noMethod(Class<?> owner, FunctionName name, List<Method> all) {
        var candidates = all.stream().filter(Finder::canBeMeasured).toList();
        var alike = candidates.stream()
                .filter(method -> isAlike(method.getName(), name.method()))
                .toList();
        String what = owner.getName() + " has no method " + name.method()
                + name.types()
                        .map(types -> "(" + String.join(", ", types) + ")")
                        .orElse("");
        return candidates.isEmpty()
                ? what + ", and none that can be measured: static, with two parameters at the most"
                : what + (alike.isEmpty() ? "; it has " + list(candidates) : ": did you mean " + list(alike) + "?");
    }

    private static void check(Method method, FunctionName name, List<String> arguments) {
        if (!Modifier.isStatic(method.getModifiers())) {
            throw new InputException(name.className() + "::" + name.method()
                    + " is not static: write a static method that makes its object and calls it");
        }
        var types = method.getParameterTypes();
        if (types.length > MOST_PARAMETERS) {
            throw new InputException(signature(method) + " has " + types.length
                    + " parameters, two can be given: write a static method that calls it with the others");
        }
        for (Class<?> type : types) {
            if (!Values.canBe(type)) {
                throw new InputException(signature(method) + ": no " + type.getSimpleName() + " can be made of a word:"
                        + " write a static method that takes a String or nothing, and calls it");
            }
        }
        if (arguments.size() != types.length) {
            throw new InputException(signature(method) + " needs " + count(types.length) + ", and "
                    + (arguments.isEmpty() ? "none was" : arguments.size() + (arguments.size() == 1 ? " was" : " were"))
                    + " given: give each by --argument VALUE");
        }
        for (int i = 0; i < types.length; i++) {
            try {
                Values.check(types[i], arguments.get(i));
            } catch (Values.NoSuchValue wrong) {
                throw new InputException(
                        "--argument " + arguments.get(i) + " for " + signature(method) + ": " + wrong.getMessage(),
                        wrong);
            }
        }
    }

    private static String count(int arguments) {
        return arguments == 0 ? "no argument" : arguments == 1 ? "an argument" : arguments + " arguments";
    }

    private static boolean canBeMeasured(Method method) {
        return Modifier.isStatic(method.getModifiers())
                && method.getParameterCount() <= MOST_PARAMETERS
                && Arrays.stream(method.getParameterTypes()).allMatch(Values::canBe);
    }

    private static boolean fits(Method method, List<String> arguments) {
        var types = method.getParameterTypes();
        if (!canBeMeasured(method) || types.length != arguments.size()) {
            return false;
        }
        for (int i = 0; i < types.length; i++) {
            try {
                Values.check(types[i], arguments.get(i));
            } catch (Values.NoSuchValue wrong) {
                return false;
            }
        }
        return true;
    }

    /** {@code Work::f(int), Work::g()}. */
    private static String list(List<Method> methods) {
        return methods.stream()
                        .sorted(Comparator.comparing(Finder::signature))
                        .limit(MOST_TOLD)
                        .map(Finder::signature)
                        .collect(Collectors.joining(", "))
                + (methods.size() > MOST_TOLD ? " and " + (methods.size() - MOST_TOLD) + " more" : "");
    }

    private static String signature(Method method) {
        return method.getDeclaringClass().getSimpleName() + "::" + method.getName()
                + Stream.of(method.getParameterTypes())
                        .map(Class::getSimpleName)
                        .collect(Collectors.joining(", ", "(", ")"));
    }

    private static boolean isAlike(String name, String wanted) {
        String one = name.toLowerCase(Locale.ROOT);
        String other = wanted.toLowerCase(Locale.ROOT);
        return one.contains(other) || other.contains(one) || distance(one, other) <= 2;
    }

    /** How many letters must be added, dropped or changed. */
    private static int distance(String one, String other) {
        int[] row = new int[other.length() + 1];
        Arrays.setAll(row, i -> i);
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int changed = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[other.length()];
    }

    private static List<String> state(Class<?> owner) {
        var fields = new ArrayList<String>();
        for (Field field : owner.getDeclaredFields()) {
            boolean written = !Modifier.isFinal(field.getModifiers())
                    || WRITTEN_INTO.stream().anyMatch(type -> type.isAssignableFrom(field.getType()));
            if (Modifier.isStatic(field.getModifiers()) && !field.isSynthetic() && written) {
                fields.add(field.getName());
            }
        }
        return fields;
    }

    private static String words(Throwable missing) {
        return missing instanceof NoClassDefFoundError || missing instanceof TypeNotPresentException
                ? "it needs " + String.valueOf(missing.getMessage()).replace('/', '.')
                : missing.toString();
    }
}
