package io.forkloom.cli.advise;

import java.io.Serializable;
import java.lang.reflect.Method;
import java.util.List;

/**
 * A method and its arguments, in words: what crosses to a worker without a class of the user's.
 *
 * @param types binary names of the parameters' types
 * @param arguments as on the command line
 */
record Call(String className, String method, List<String> types, List<String> arguments) implements Serializable {

    /** In a worker: the first thing that loads the user's class, and runs what is static in it. */
    Function resolve() throws Exception {
        var loader = Thread.currentThread().getContextClassLoader();
        var owner = Class.forName(className, true, loader);
        Method found = null;
        for (var each : owner.getDeclaredMethods()) {
            if (each.getName().equals(method) && names(each).equals(types)) {
                found = each;
            }
        }
        if (found == null) {
            throw new NoSuchMethodException(className + "::" + method + types);
        }
        found.setAccessible(true);
        return new Function(found);
    }

    Object[] values(Function function) throws Values.NoSuchValue {
        var parameters = function.method().getParameterTypes();
        var values = new Object[parameters.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = Values.of(parameters[i], arguments.get(i));
        }
        return values;
    }

    static List<String> names(Method method) {
        return List.of(method.getParameterTypes()).stream().map(Class::getName).toList();
    }

    /** {@code Work::f}, as in source code and in the messages of pools. */
    String label() {
        return owner() + "::" + method;
    }

    /** {@code Work}, {@code Outer.Work}. */
    String owner() {
        return className.substring(className.lastIndexOf('.') + 1).replace('$', '.');
    }
}
