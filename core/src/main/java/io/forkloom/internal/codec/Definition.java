package io.forkloom.internal.codec;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandleInfo;
import java.lang.invoke.SerializedLambda;
import java.util.regex.Pattern;

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

    /** javac's name of the body of a serialisable lambda: its method, a hash, a number. */
    private static final Pattern LAMBDA = Pattern.compile("lambda\\$(.+?)(?:\\$[0-9a-f]{1,8})?\\$\\d+");

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
        var lambda = LAMBDA.matcher(implMethod);
        if (lambda.matches() && Snippets.isSnippet(implClass)) {
            return "a lambda in JShell"; // the method around it is JShell's
        }
        if (lambda.matches()) {
            return "a lambda in " + owner + "." + (lambda.group(1).equals("new") ? "<init>" : lambda.group(1));
        }
        return owner + "::" + (implKind == MethodHandleInfo.REF_newInvokeSpecial ? "new" : implMethod);
    }

    /** Whether the first captured value is the object around the lambda, of which it uses a field or method. */
    boolean capturesThis() {
        return captured > 0
                && implKind != MethodHandleInfo.REF_invokeStatic
                && LAMBDA.matcher(implMethod).matches();
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
