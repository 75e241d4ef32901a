package io.forkloom.internal.codec;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The variables of a JShell session that a function uses. They are static fields of the classes that JShell makes of
 * snippets, and in a worker they would silently be 0 or null; so their values are sent with the call.
 *
 * <p>Found by reading the class files of the function's body and of all that it calls, as far as snippets go. Of a class
 * that a snippet declares all methods are read, whether they are called or not.
 */
final class Snippets {
    private static final String SNIPPET = "REPL/$JShell$";

    /** JShell's own class for a snippet, of which methods and variables are members; not one that a snippet declares. */
    private static final Pattern WRAPPER = Pattern.compile("REPL/\\$JShell\\$\\d+[A-Z]*");

    /** In place of a method's name and type. */
    private static final String ALL = "*";

    /** A static field; the owner with slashes. */
    record Variable(String owner, String name) {
        private Field field(ClassLoader loader) throws ReflectiveOperationException {
            var field = Class.forName(owner.replace('/', '.'), true, loader).getField(name);
            field.setAccessible(true); // a public field of a class that is not
            return field;
        }

        @Nullable
        Object value(ClassLoader loader) throws ReflectiveOperationException {
            return field(loader).get(null);
        }

        void set(ClassLoader loader, @Nullable Object value) throws ReflectiveOperationException {
            field(loader).set(null, value);
        }

        private boolean isVariable(ClassLoader loader) {
            try {
                int modifiers = field(loader).getModifiers();
                return Modifier.isStatic(modifiers) && !Modifier.isFinal(modifiers);
            } catch (ReflectiveOperationException | LinkageError e) {
                return false; // one that the compiler made, for asserts
            }
        }
    }

    private record Method(String owner, String nameAndType) {}

    private final ClassLoader loader;
    private final Deque<Method> open = new ArrayDeque<>();
    private final Set<Method> seen = new HashSet<>();
    private final Map<String, Optional<ClassModel>> classes = new HashMap<>();
    private final Set<Variable> found = new LinkedHashSet<>();

    private Snippets(ClassLoader loader) {
        this.loader = loader;
    }

    /** Used by a lambda, or else by an object of a class; almost always none, and then this costs a comparison. */
    static List<Variable> variables(Class<?> type, @Nullable Definition lambda) {
        String owner = lambda == null ? type.getName().replace('.', '/') : lambda.implClass();
        var loader = type.getClassLoader();
        if (loader == null || !isSnippet(owner)) {
            return List.of();
        }
        var snippets = new Snippets(loader);
        snippets.use(owner, lambda == null ? ALL : lambda.implMethod() + lambda.implSignature());
        snippets.follow();
        return snippets.found.stream().filter(each -> each.isVariable(loader)).toList();
    }

    static boolean isSnippet(String internalName) {
        return internalName.startsWith(SNIPPET);
    }

    private void use(String owner, String nameAndType) {
        if (isSnippet(owner)) {
            open.add(new Method(owner, WRAPPER.matcher(owner).matches() ? nameAndType : ALL));
        }
    }

    private void follow() {
        while (!open.isEmpty()) {
            var method = open.remove();
            if (seen.add(method)) {
                read(method.owner).ifPresent(type -> follow(type, method));
            }
        }
    }

    private void follow(ClassModel type, Method wanted) {
        for (MethodModel method : type.methods()) {
            String own = method.methodName().stringValue() + method.methodType().stringValue();
            if (wanted.nameAndType.equals(ALL) || wanted.nameAndType.equals(own)) {
                method.code().ifPresent(code -> code.forEach(this::look));
            }
        }
        if (wanted.nameAndType.equals(ALL)) {
            type.superclass().ifPresent(parent -> use(parent.asInternalName(), ALL));
            type.interfaces().forEach(parent -> use(parent.asInternalName(), ALL));
        }
    }

    private void look(CodeElement element) {
        switch (element) {
            case FieldInstruction access
            when WRAPPER.matcher(access.owner().asInternalName()).matches() ->
                found.add(new Variable(
                        access.owner().asInternalName(), access.name().stringValue()));
            case InvokeInstruction call ->
                use(
                        call.owner().asInternalName(),
                        call.name().stringValue() + call.type().stringValue());
            case NewObjectInstruction make -> use(make.className().asInternalName(), ALL);
            case InvokeDynamicInstruction make ->
                make.bootstrapArgs().forEach(argument -> {
                    if (argument instanceof DirectMethodHandleDesc body) {
                        String owner = body.owner().descriptorString();
                        use(owner.substring(1, owner.length() - 1), body.methodName() + body.lookupDescriptor());
                    }
                });
            default -> {}
        }
    }

    private Optional<ClassModel> read(String owner) {
        return classes.computeIfAbsent(owner, name -> {
            try (var in = loader.getResourceAsStream(name + ".class")) {
                return in == null
                        ? Optional.empty()
                        : Optional.of(ClassFile.of().parse(in.readAllBytes()));
            } catch (IOException | IllegalArgumentException e) {
                return Optional.empty();
            }
        });
    }
}
