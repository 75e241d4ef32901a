package io.forkloom.internal.thread;

import java.util.Set;

/** Which classes are this library's, and which are a program's: also our testkit and examples, within the same names. */
public final class Library {
    private static final Set<String> PACKAGES = Set.of(
            "io.forkloom", "io.forkloom.async", "io.forkloom.event", "io.forkloom.pipeline", "io.forkloom.watch");

    private static final String BELOW = "io.forkloom.internal.";

    private Library() {}

    /** By its full name; no class is loaded. */
    public static boolean has(String className) {
        return className.startsWith(BELOW)
                || PACKAGES.contains(className.substring(0, Math.max(0, className.lastIndexOf('.'))));
    }

    /** Whether a frame is of the program, and neither of the library nor of the JDK. */
    public static boolean isOutside(String className, String module) {
        return !has(className) && !module.startsWith("java.") && !module.startsWith("jdk.");
    }
}
