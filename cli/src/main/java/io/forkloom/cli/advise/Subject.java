package io.forkloom.cli.advise;

import java.util.List;

/**
 * What is known of a method without running it.
 *
 * @param call how it is called
 * @param parameters simple names of the types of its parameters
 * @param result the simple name of the type that it gives; {@code void} for none
 * @param isNative whether its body is not Java
 * @param state static fields of its class that calls can change
 */
record Subject(Call call, List<String> parameters, String result, boolean isNative, List<String> state) {

    /** {@code com.acme.Work::f(int)}. */
    String name() {
        return call.className() + "::" + call.method() + "(" + String.join(", ", parameters) + ")";
    }
}
