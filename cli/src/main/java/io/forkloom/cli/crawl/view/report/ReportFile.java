package io.forkloom.cli.crawl.view.report;

import io.forkloom.cli.AtomicFile;
import io.forkloom.cli.InputException;
import io.forkloom.cli.crawl.view.Findings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;

/** A file that {@code --report} names. An older one is replaced, as a whole or not at all. */
public record ReportFile(Path path, Form form) {

    /** What the end of the name says. */
    public enum Form {
        TXT,
        JSON,
        HTML;

        String write(Findings findings, Facts facts) {
            return switch (this) {
                case TXT -> TextReport.of(findings, facts);
                case JSON -> JsonReport.of(findings, facts);
                case HTML -> HtmlReport.of(findings, facts);
            };
        }
    }

    /** Checks the names before work starts: it would be a pity to learn of a missing folder in the morning. */
    public static List<ReportFile> of(List<String> names) {
        var files = names.stream().map(ReportFile::of).toList();
        var seen = new HashSet<Path>();
        for (var file : files) {
            if (!seen.add(file.path.toAbsolutePath().normalize())) {
                throw new InputException("--report " + file.path + " was given twice");
            }
        }
        return files;
    }

    private static ReportFile of(String name) {
        Path path;
        try {
            path = Path.of(name);
        } catch (InvalidPathException wrong) {
            throw new InputException("--report '" + name + "' is not the name of a file: " + wrong.getReason(), wrong);
        }
        Path folder = path.toAbsolutePath().getParent();
        var form = form(name);
        if (folder == null || !Files.isDirectory(folder)) {
            throw new InputException("--report " + name + ": the folder " + folder + " does not exist");
        }
        if (!Files.isWritable(folder)) {
            throw new InputException("--report " + name + ": the folder " + folder + " cannot be written to");
        }
        if (Files.exists(path) && !Files.isRegularFile(path)) {
            throw new InputException("--report " + name + " is not a file");
        }
        return new ReportFile(path, form);
    }

    private static Form form(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        for (var form : Form.values()) {
            if (lower.endsWith("." + form.name().toLowerCase(Locale.ROOT))) {
                return form;
            }
        }
        throw new InputException("--report " + name + ": its name must end with .txt, .json or .html");
    }

    /** Writes it beside its place and puts it there. */
    public void write(Findings findings, Facts facts) throws IOException {
        byte[] bytes = form.write(findings, facts).getBytes(StandardCharsets.UTF_8);
        try (var file = AtomicFile.create(path)) {
            file.stream().write(bytes);
            file.commit();
        }
    }
}
