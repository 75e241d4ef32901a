package io.forkloom.cli;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.JavacTask;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.ToolProvider;

/**
 * One compiled source file.
 *
 * @param classes a private directory (mode 0700) with the classes, deleted by {@link #close}
 * @param mainClass the first class of the file, as the launcher {@code java File.java} takes it
 */
record Program(Path classes, String mainClass) implements AutoCloseable {

    /** The errors were printed as javac prints them. */
    static final class DoesNotCompile extends Exception {
        private static final long serialVersionUID = 1;
    }

    static Program compile(Path file, PrintStream err) throws DoesNotCompile {
        if (!Files.isRegularFile(file)) {
            throw new InputException(file + (Files.exists(file) ? " is not a file" : ": no such file"));
        }
        if (!file.toString().endsWith(".java")) {
            throw new InputException(file + " is not a Java source file: its name must end with .java");
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        if (compiler == null) {
            throw new InputException("this Java has no compiler: run forkloom on a JDK 25, not on a JRE");
        }
        Path classes = null;
        try {
            classes = Files.createTempDirectory("forkloom-run-");
            return new Program(classes, compile(compiler, file, classes, err));
        } catch (IOException failure) {
            delete(classes);
            throw new InputException("cannot compile " + file + ": " + failure.getMessage(), failure);
        } catch (DoesNotCompile | RuntimeException failure) {
            delete(classes);
            throw failure;
        }
    }

    private static String compile(JavaCompiler compiler, Path file, Path classes, PrintStream err)
            throws IOException, DoesNotCompile {
        var problems = new DiagnosticCollector<JavaFileObject>();
        try (var files = compiler.getStandardFileManager(problems, null, StandardCharsets.UTF_8)) {
            var options =
                    List.of("-d", classes.toString(), "-cp", System.getProperty("java.class.path"), "-proc:none", "-g");
            var task =
                    (JavacTask) compiler.getTask(null, files, problems, options, null, files.getJavaFileObjects(file));
            Optional<String> mainClass = Optional.empty();
            for (CompilationUnitTree unit : task.parse()) {
                mainClass = firstClass(unit);
            }
            // Not after errors of syntax: javac stops there too.
            if (errors(problems) == 0) {
                task.analyze();
                task.generate();
            }
            problems.getDiagnostics().forEach(err::println);
            if (errors(problems) > 0) {
                err.println(errors(problems) + (errors(problems) == 1 ? " error" : " errors"));
                throw new DoesNotCompile();
            }
            return mainClass.orElseThrow(() -> new InputException(file + " declares no class: nothing to run"));
        }
    }

    /** For a compact source file the parser gives the class that it stands for. */
    private static Optional<String> firstClass(CompilationUnitTree unit) {
        String prefix = unit.getPackageName() == null ? "" : unit.getPackageName() + ".";
        return unit.getTypeDecls().stream()
                .filter(ClassTree.class::isInstance)
                .map(type -> prefix + ((ClassTree) type).getSimpleName())
                .findFirst();
    }

    private static long errors(DiagnosticCollector<JavaFileObject> problems) {
        return problems.getDiagnostics().stream()
                .filter(problem -> problem.getKind() == Diagnostic.Kind.ERROR)
                .count();
    }

    @Override
    public void close() {
        delete(classes);
    }

    private static void delete(@org.jspecify.annotations.Nullable Path folder) {
        if (folder == null) {
            return;
        }
        try (var tree = Files.walk(folder)) {
            for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot remove " + folder, failure);
        }
    }
}
