package io.forkloom.watch;

import io.forkloom.internal.thread.Library;
import java.util.regex.Pattern;

/**
 * One frame of a thread dump: {@code at com.acme.Thumb.scale(com.acme@1.0/Thumb.java:12)}.
 *
 * @param function {@code com.acme.Thumb.scale}
 * @param module empty for what stands on the class path
 * @param place {@code Thumb.java:12}, {@code Native Method}
 */
record Frame(String function, String module, String place) {
    private static final Pattern LAMBDA = Pattern.compile("lambda\\$(.+)\\$\\d+");

    /** @param text without {@code at} */
    static Frame parse(String text) {
        int open = text.indexOf('(');
        if (open < 0) {
            return new Frame(text, "", "Unknown Source");
        }
        String function = text.substring(0, open);
        String place = text.substring(open + 1, text.endsWith(")") ? text.length() - 1 : text.length());
        int slash = place.indexOf('/');
        return slash < 0
                ? new Frame(function, "", place)
                : new Frame(function, place.substring(0, slash), place.substring(slash + 1));
    }

    boolean isNative() {
        return place.equals("Native Method") || isDowncall();
    }

    /** The way into a function of C that the linker of {@code java.lang.foreign} has made. */
    boolean isDowncall() {
        return function.startsWith("jdk.internal.foreign.abi.DowncallStub");
    }

    /** Made by the JVM, as the class behind a lambda is; it says nothing to anybody. */
    boolean isHidden() {
        return function.contains("/0x");
    }

    boolean isOfUser() {
        return !isHidden() && Library.isOutside(function.substring(0, Math.max(0, function.lastIndexOf('.'))), module);
    }

    boolean isInitialiser() {
        return function.endsWith(".<clinit>");
    }

    /** For a reader: {@code com.acme.Thumb.main's lambda}. */
    String name() {
        int dot = function.lastIndexOf('.');
        var lambda = LAMBDA.matcher(function.substring(dot + 1));
        return lambda.matches() ? function.substring(0, dot + 1) + lambda.group(1) + "'s lambda" : function;
    }

    @Override
    public String toString() {
        return function + "(" + place + ")";
    }
}
