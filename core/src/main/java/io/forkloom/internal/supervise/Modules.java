package io.forkloom.internal.supervise;

import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The modules of a program that was started from a module path: its workers have the same ones, so that services and
 * encapsulation are the same. All packages of the program are open to this library there, which must call into lambdas'
 * bodies.
 */
record Modules(Optional<List<Path>> path, Module library) {
    /** Has the signals that workers ignore; no module of a program need require it. */
    private static final String SIGNALS = "jdk.unsupported";

    /** Empty for a program without a module path, whose library is not in a module either. */
    static Optional<Modules> ofProgram() {
        var library = Modules.class.getModule();
        var joined = System.getProperty("jdk.module.path");
        if (joined == null && !library.isNamed()) {
            return Optional.empty();
        }
        var path = joined == null ? Optional.<List<Path>>empty() : Optional.of(ProgramPath.split(joined));
        return Optional.of(new Modules(path, library));
    }

    List<String> options() {
        var options = new ArrayList<String>();
        path.ifPresent(parts -> options.addAll(List.of("--module-path", ProgramPath.join(parts))));
        var names = new ArrayList<>(
                modules().map(Module::getName).sorted().collect(Collectors.toCollection(ArrayList::new)));
        ModuleFinder.ofSystem()
                .find(SIGNALS)
                .ifPresent(found -> names.add(found.descriptor().name()));
        if (!names.isEmpty()) {
            options.addAll(List.of("--add-modules", String.join(",", names)));
        }
        String to = library.isNamed() ? library.getName() : "ALL-UNNAMED";
        modules()
                .filter(module -> isClosed(module.getDescriptor()))
                .forEach(module -> module.getPackages().stream()
                        .sorted()
                        .forEach(name ->
                                options.addAll(List.of("--add-opens", module.getName() + "/" + name + "=" + to))));
        return options;
    }

    /** Jars and folders of modules. */
    List<Path> files() {
        return ModuleLayer.boot().configuration().modules().stream()
                .flatMap(module -> module.reference().location().stream())
                .filter(location -> location.getScheme().equals("file"))
                .map(Path::of)
                .toList();
    }

    List<String> main(String mainClass) {
        return library.isNamed() ? List.of("-m", library.getName() + "/" + mainClass) : List.of(mainClass);
    }

    /** Those of the program: the JDK's tools have the same loader. */
    private static Stream<Module> modules() {
        return ModuleLayer.boot().modules().stream()
                .filter(module -> ClassLoader.getSystemClassLoader().equals(module.getClassLoader()))
                .filter(module -> !module.getName().startsWith("jdk."));
    }

    private static boolean isClosed(ModuleDescriptor module) {
        return !module.isOpen() && !module.isAutomatic();
    }
}
