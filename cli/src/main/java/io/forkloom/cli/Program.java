package io.forkloom.cli;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.JavacTask;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

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
        if (file.toString().isBlank()) {
            throw new InputException("the name of the source file is empty");
        }
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
        var options =
                List.of("-d", classes.toString(), "-cp", System.getProperty("java.class.path"), "-proc:none", "-g");
        var words = new PrintWriter(err, true, StandardCharsets.UTF_8);
        try (var files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            var sources = files.getJavaFileObjects(file);
            // Without a listener javac writes its errors itself, in its own form.
            if (!compiler.getTask(words, files, null, options, null, sources).call()) {
                throw new DoesNotCompile();
            }
            var again = (JavacTask) compiler.getTask(null, files, null, options, null, sources);
            for (CompilationUnitTree unit : again.parse()) {
                return firstClass(unit)
                        .orElseThrow(() -> new InputException(file + " declares no class: nothing to run"));
            }
            throw new IllegalStateException("javac parsed nothing of " + file);
        } finally {
            words.flush();
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

    @Override
    public void close() {
        delete(classes);
    }

    private static void delete(@Nullable Path folder) {
        if (folder == null) {
            return;
        }
        try {
            Folders.remove(folder);
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot remove " + folder, failure);
        }
    }
}
