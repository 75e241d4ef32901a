package io.forkloom.testkit;

import java.lang.classfile.ClassFile;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.List;

/** Defines classes that no class path has. */
final class Definer extends ClassLoader {
    Definer() {
        super(Faults.class.getClassLoader());
    }

    Class<?> define(String name, int methods) {
        return define(name, ClassFile.of().build(ClassDesc.of(name), type -> {
            for (int i = 0; i < methods; i++) {
                type.withMethodBody(
                        "m" + i,
                        ConstantDescs.MTD_void,
                        ClassFile.ACC_PUBLIC | ClassFile.ACC_STATIC,
                        code -> code.return_());
            }
        }));
    }

    Class<?> exception(String name) {
        var parent = ClassDesc.of("java.lang.Exception");
        var constructor = MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_String);
        return define(
                name,
                ClassFile.of()
                        .build(
                                ClassDesc.of(name),
                                type -> type.withSuperclass(parent)
                                        .withMethodBody(
                                                "<init>",
                                                constructor,
                                                ClassFile.ACC_PUBLIC,
                                                code -> code.aload(0)
                                                        .aload(1)
                                                        .invokespecial(parent, "<init>", constructor)
                                                        .return_())));
    }

    Class<?> serialisable(String name) {
        var parent = ConstantDescs.CD_Object;
        var constructor = ConstantDescs.MTD_void;
        return define(
                name,
                ClassFile.of()
                        .build(
                                ClassDesc.of(name),
                                type -> type.withFlags(ClassFile.ACC_PUBLIC)
                                        .withInterfaceSymbols(List.of(ClassDesc.of("java.io.Serializable")))
                                        .withMethodBody(
                                                "<init>",
                                                constructor,
                                                ClassFile.ACC_PUBLIC,
                                                code -> code.aload(0)
                                                        .invokespecial(parent, "<init>", constructor)
                                                        .return_())));
    }

    private Class<?> define(String name, byte[] bytes) {
        return defineClass(name, bytes, 0, bytes.length);
    }
}
