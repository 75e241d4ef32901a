package io.forkloom.internal.codec;

import java.io.IOException;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.SourceFileAttribute;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.LineNumber;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds the line on which a lambda or method reference stands, by reading the class file of its class. Done only when a
 * task has failed: taking a stack trace at each submit would cost more than many a task.
 */
final class SubmitSite {
    private static final int MOST_LINES = 3;

    private SubmitSite() {}

    /** {@code Main.java:12}, or {@code Main.java:12 or 40} where the same method is referred to twice. Of many lines only some are told. */
    static Optional<String> find(Definition lambda, @Nullable ClassLoader loader) {
        if (loader == null) {
            return Optional.empty();
        }
        try (var in = loader.getResourceAsStream(lambda.capturingClass() + ".class")) {
            return in == null ? Optional.empty() : find(lambda, in.readAllBytes());
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty(); // a class file that cannot be read has no lines to tell
        }
    }

    private static Optional<String> find(Definition lambda, byte[] classFile) {
        var model = ClassFile.of().parse(classFile);
        var lines = new TreeSet<Integer>();
        for (MethodModel method : model.methods()) {
            if (!method.methodName().equalsString("$deserializeLambda$")) { // made by the compiler, of all lambdas
                method.code().ifPresent(code -> collect(lambda, code, lines));
            }
        }
        if (lines.isEmpty()) {
            return Optional.empty();
        }
        String file = model.findAttribute(Attributes.sourceFile())
                .map(SourceFileAttribute::sourceFile)
                .map(Object::toString)
                .orElse(lambda.capturingClass().replace('/', '.'));
        return Optional.of(file + ":" + words(lines));
    }

    private static String words(Set<Integer> lines) {
        return lines.stream().limit(MOST_LINES).map(String::valueOf).collect(Collectors.joining(" or "))
                + (lines.size() > MOST_LINES ? " or " + (lines.size() - MOST_LINES) + " others" : "");
    }

    private static void collect(Definition lambda, CodeModel code, Set<Integer> lines) {
        int line = 0;
        for (var element : code) {
            if (element instanceof LineNumber number) {
                line = number.line();
            } else if (element instanceof InvokeDynamicInstruction make && makes(make, lambda)) {
                lines.add(line);
            }
        }
    }

    /** Whether the instruction makes this very function: of this interface and type, with as many captured values. */
    private static boolean makes(InvokeDynamicInstruction make, Definition lambda) {
        var arguments = make.bootstrapArgs(); // of LambdaMetafactory: interface method, body, instantiated type, ...
        return arguments.size() > 2
                && arguments.get(1) instanceof DirectMethodHandleDesc body
                && body.methodName().equals(lambda.implMethod())
                && body.lookupDescriptor().equals(lambda.implSignature())
                && body.owner().descriptorString().equals("L" + lambda.implClass() + ";")
                && arguments.get(2) instanceof MethodTypeDesc type
                && type.descriptorString().equals(lambda.instantiatedType())
                && make.typeSymbol().parameterCount() == lambda.captured()
                && make.typeSymbol().returnType().descriptorString().equals("L" + lambda.interfaceClass() + ";");
    }
}
