package io.forkloom.cli.crawl.parse;

import io.forkloom.cli.ClassPath;
import io.forkloom.cli.InputException;
import io.forkloom.cli.Range;
import io.forkloom.cli.Size;
import io.forkloom.cli.Times;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How to parse, in the order of the help. */
public final class ParseFlags {
    private static final Size SMALLEST_HEAP = Size.of("16m");

    @Option(
            names = "--parse",
            paramLabel = "KIND",
            description = {
                "auto (by content type), html, text, image, pdf,",
                "json, csv, sha512, or a method com.acme.Pages::f;",
                "default auto."
            })
    String parser = Kinds.AUTO;

    @Option(
            names = "--class-path",
            paramLabel = "PATH",
            description = {"Jars and folders of that method's class; default", "the current folder."})
    List<String> classPath = new ArrayList<>();

    @Option(names = "--fields", paramLabel = "A,B,...", description = "Which fields a result has, and in which order.")
    @Nullable
    String fields;

    @Option(
            names = {"-O", "--option"},
            paramLabel = "KIND.KEY=VALUE",
            description = {
                "Of a parser: html.text=no, pdf.deadline=2m,",
                "image.to=FOLDER ...; docs/parsers.md lists all."
            })
    List<String> options = new ArrayList<>();

    @Option(names = "--workers", paramLabel = "N", description = "Processes that parse; default one a processor.")
    int workers = Runtime.getRuntime().availableProcessors();

    @Option(
            names = "--heap",
            paramLabel = "SIZE",
            converter = Size.Converter.class,
            description = "Heap of each worker; default 512m.")
    @Nullable
    Size heap;

    @Option(
            names = "--deadline",
            paramLabel = "TIME",
            converter = Times.Converter.class,
            description = "What the parse of a page may take; default 30s.")
    @Nullable
    Duration deadline;

    /** The options; refuses what makes no sense. */
    public ParseOptions options(Duration deadlineElse, Size heapElse) {
        Range.check("--workers", workers, 1, 1024);
        if (heap != null && heap.bytes() < SMALLEST_HEAP.bytes()) {
            throw new InputException("--heap " + heap + " is too little for a parser: at least " + SMALLEST_HEAP);
        }
        var size = Objects.requireNonNullElse(heap, heapElse);
        var said = ParserOptions.of(options, parser);
        var recipe = new Recipe(parser, said.lines(), fields(), false);
        var path = path();
        check(recipe, path);
        return new ParseOptions(
                recipe, Objects.requireNonNullElse(deadline, deadlineElse), workers, size, said.policies(size), path);
    }

    private ClassPath path() {
        boolean own = Kinds.isOwn(parser);
        if (!own && !classPath.isEmpty()) {
            throw new InputException(
                    "--class-path is for a method of your own: name it by --parse com.acme.Pages::parse");
        }
        return !own ? new ClassPath(List.of()) : ClassPath.of(classPath.isEmpty() ? List.of(".") : classPath);
    }

    private static void check(Recipe recipe, ClassPath path) {
        if (Kinds.isOwn(recipe.parser())) {
            OwnMethod.check(recipe.parser(), path);
            OwnParser.check(Settings.of(Kinds.OWN, recipe.options()));
        } else if (recipe.parser().equals(Kinds.DEMO)) {
            throw Kinds.unknown(recipe.parser());
        } else {
            Kinds.parser(recipe);
        }
    }

    private String fields() {
        if (fields == null) {
            return "";
        }
        var names = List.of(fields.split(",", -1));
        for (String name : names) {
            if (name.isBlank() || !name.equals(name.strip())) {
                throw new InputException(
                        "--fields " + fields + " has an empty name: write --fields source,title,words");
            }
        }
        if (names.stream().distinct().count() < names.size()) {
            throw new InputException("--fields " + fields + " has a name twice");
        }
        return fields;
    }
}
