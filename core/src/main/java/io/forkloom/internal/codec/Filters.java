package io.forkloom.internal.codec;

import java.io.ObjectInputFilter;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What may be read from the other side: bounds for everything, and nothing that no task needs. */
final class Filters {
    /** Deep enough for real data, and read before a thread's stack ends. */
    private static final String BOUNDS = "maxdepth=500;maxrefs=50000000;maxarray=2000000000;";

    /** The machinery that known attacks on serialisation are made of, and the internals of the JDK. */
    private static final String NEVER =
            "sun.util.calendar.*;!sun.**;!com.sun.**;!jdk.**;!java.rmi.**;!javax.management.**;"
                    + "!javax.naming.**;!javax.script.**;!java.lang.reflect.**;!java.lang.invoke.MethodHandle*;"
                    + "!java.lang.ProcessBuilder;!java.lang.Thread*;";

    private static final Map<String, ObjectInputFilter> MADE = new ConcurrentHashMap<>();

    private Filters() {}

    /** @param accepted patterns such as {@code com.acme.*;com.acme.data.**}; empty: all but what is never needed */
    static ObjectInputFilter of(String accepted) {
        return MADE.computeIfAbsent(
                accepted,
                patterns -> ObjectInputFilter.Config.createFilter(BOUNDS
                        + NEVER
                        + (patterns.isEmpty()
                                ? "*"
                                : "java.**;io.forkloom.*;io.forkloom.event.*;" + Thrown.class.getName() + ";" + patterns
                                        + ";!*")));
    }
}
