package io.forkloom.internal.codec;

import java.lang.classfile.ClassFile;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;

/**
 * Gives the right to do what a class itself may. For a class of another module than ours, and each class loader has one of
 * its own, the JDK's private lookup lacks the right to link lambdas; so a class of ours joins the package, and gives its.
 */
final class Insider {
    private static final String NAME = "Forkloom$Insider";
    private static final ClassDesc LOOKUP = Lookup.class.describeConstable().orElseThrow();
    private static final ClassDesc LOOKUPS =
            MethodHandles.class.describeConstable().orElseThrow();

    private Insider() {}

    static Lookup lookupIn(Class<?> type) throws Throwable {
        Insider.class.getModule().addReads(type.getModule());
        var lookup = MethodHandles.privateLookupIn(type, MethodHandles.lookup());
        return lookup.hasFullPrivilegeAccess() ? lookup : MethodHandles.privateLookupIn(type, insider(lookup));
    }

    private static Lookup insider(Lookup lookup) throws Throwable {
        var name = ClassDesc.of(lookup.lookupClass().getPackageName(), NAME);
        var type = defined(lookup, name);
        return (Lookup) lookup.findStatic(type, "lookup", MethodType.methodType(Lookup.class))
                .invokeExact();
    }

    private static Class<?> defined(Lookup lookup, ClassDesc name) throws ReflectiveOperationException {
        try {
            return lookup.defineClass(bytes(name));
        } catch (LinkageError e) { // it joined for another class of the package
            String packageName = lookup.lookupClass().getPackageName();
            return lookup.findClass(packageName.isEmpty() ? NAME : packageName + "." + NAME);
        }
    }

    /** {@code class Forkloom$Insider { static Lookup lookup() { return MethodHandles.lookup(); } }}. */
    private static byte[] bytes(ClassDesc name) {
        var signature = MethodTypeDesc.of(LOOKUP);
        return ClassFile.of()
                .build(
                        name,
                        type -> type.withFlags(ClassFile.ACC_SYNTHETIC)
                                .withSuperclass(ConstantDescs.CD_Object)
                                .withMethodBody(
                                        "lookup",
                                        signature,
                                        ClassFile.ACC_STATIC,
                                        code -> code.invokestatic(LOOKUPS, "lookup", signature)
                                                .areturn()));
    }
}
