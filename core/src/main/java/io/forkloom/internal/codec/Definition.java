package io.forkloom.internal.codec;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandleInfo;
import java.lang.invoke.SerializedLambda;

/** What a lambda is without its captured values: the names in a {@link SerializedLambda}, with slashes as there. */
record Definition(
        String capturingClass,
        String interfaceClass,
        String interfaceMethod,
        String interfaceSignature,
        int implKind,
        String implClass,
        String implMethod,
        String implSignature,
        String instantiatedType,
        int captured) {

    /** So begins javac's name of the body of a lambda; then comes the method around it, perhaps a hash, and a number. */
    private static final String LAMBDA = "lambda$";

    private static final String DECIMAL = "0123456789";
    private static final String HEXADECIMAL = DECIMAL + "abcdef";

    static Definition of(SerializedLambda lambda) {
        return new Definition(
                lambda.getCapturingClass(),
                lambda.getFunctionalInterfaceClass(),
                lambda.getFunctionalInterfaceMethodName(),
                lambda.getFunctionalInterfaceMethodSignature(),
                lambda.getImplMethodKind(),
                lambda.getImplClass(),
                lambda.getImplMethodName(),
                lambda.getImplMethodSignature(),
                lambda.getInstantiatedMethodType(),
                lambda.getCapturedArgCount());
    }

    /** {@code Pages::parse}; {@code a lambda in Main.main} for the body of a lambda. */
    String name() {
        String owner = Snippets.isSnippet(implClass) ? "JShell" : simple(implClass);
        String around = around(implMethod);
        if (!around.isEmpty() && Snippets.isSnippet(implClass)) {
            return "a lambda in JShell"; // the method around it is JShell's
        }
        if (!around.isEmpty()) {
            return "a lambda in " + owner + "." + (around.equals("new") ? "<init>" : around);
        }
        return owner + "::" + (implKind == MethodHandleInfo.REF_newInvokeSpecial ? "new" : implMethod);
    }

    /** Whether the first captured value is the object around the lambda, of which it uses a field or method. */
    boolean capturesThis() {
        return captured > 0
                && implKind != MethodHandleInfo.REF_invokeStatic
                && !around(implMethod).isEmpty();
    }

    /** The method around the body of a lambda; empty for other methods. No pattern: that would cost each worker's start 4 ms. */
    private static String around(String method) {
        int number = method.lastIndexOf('$');
        if (!method.startsWith(LAMBDA) || number < LAMBDA.length() || !isOf(DECIMAL, method.substring(number + 1))) {
            return "";
        }
        String around = method.substring(LAMBDA.length(), number);
        int hash = around.lastIndexOf('$');
        return hash > 0 && around.length() - hash <= 9 && isOf(HEXADECIMAL, around.substring(hash + 1))
                ? around.substring(0, hash)
                : around;
    }

    private static boolean isOf(String digits, String word) {
        for (int i = 0; i < word.length(); i++) {
            if (digits.indexOf(word.charAt(i)) < 0) {
                return false;
            }
        }
        return !word.isEmpty();
    }

    private static String simple(String internalName) {
        String binary = internalName.substring(internalName.lastIndexOf('/') + 1);
        return binary.substring(binary.lastIndexOf('$') + 1);
    }

    byte[] toBytes() {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            for (String part : new String[] {
                capturingClass, interfaceClass, interfaceMethod, interfaceSignature,
                implClass, implMethod, implSignature, instantiatedType
            }) {
                out.writeUTF(part);
            }
            out.writeByte(implKind);
            out.writeShort(captured);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static Definition of(byte[] bytes) throws IOException {
        try (var in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            var parts = new String[8];
            for (int i = 0; i < parts.length; i++) {
                parts[i] = in.readUTF();
            }
            int kind = in.readUnsignedByte();
            return new Definition(
                    parts[0],
                    parts[1],
                    parts[2],
                    parts[3],
                    kind,
                    parts[4],
                    parts[5],
                    parts[6],
                    parts[7],
                    in.readUnsignedShort());
        }
    }
}
