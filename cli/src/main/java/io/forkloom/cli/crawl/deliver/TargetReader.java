package io.forkloom.cli.crawl.deliver;

import io.forkloom.cli.InputException;
import io.forkloom.cli.crawl.source.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;

/** Reads what a user gives to {@code --to}. */
final class TargetReader {
    private static final Pattern PREFIX = Pattern.compile("(jsonl|csv|sqlite|folder):(.*)", Pattern.DOTALL);

    private final DeliverOptions options;

    TargetReader(DeliverOptions options) {
        this.options = options;
    }

    Target read(String to) {
        if (Endpoint.looksLike(to)) {
            return Endpoint.of(to, options.http());
        }
        var prefix = PREFIX.matcher(to);
        String place = prefix.matches() ? prefix.group(2) : to;
        if (place.equals(Outlet.STANDARD)) {
            return outlet(prefix.matches() ? prefix.group(1) : "jsonl", place);
        }
        Path path = path(place);
        if (!prefix.matches()) {
            return place.endsWith("/") || Files.isDirectory(path) ? folder(path) : file(kind(path), path);
        }
        return prefix.group(1).equals("folder") ? folder(path) : file(prefix.group(1), path);
    }

    private static Path path(String place) {
        try {
            Path path = Path.of(place);
            if (!place.isBlank() && path.getFileName() != null) {
                return Beside.behindLinks(path);
            }
        } catch (InvalidPathException wrong) {
            throw new InputException("--to '" + place + "' is not the name of a file: " + wrong.getReason(), wrong);
        } catch (IOException failure) {
            throw new InputException("--to " + place + ": " + Problems.describe(failure), failure);
        }
        throw new InputException("--to '" + place + "' is not the name of a file");
    }

    private static String kind(Path path) {
        String name = path.toString().toLowerCase(Locale.ROOT);
        if (name.endsWith(".parquet")) {
            throw new InputException("--to " + path + ": Parquet is not written; write JSON lines and convert them, for"
                    + " example with DuckDB (docs/delivery.md)");
        }
        if (name.matches(".*\\.(sqlite3?|db)")) {
            return "sqlite";
        }
        return name.matches(".*\\.csv(\\.gz)?") ? "csv" : "jsonl";
    }

    private Target folder(Path path) {
        Beside.folder(path);
        if (Files.exists(path) && !Files.isDirectory(path)) {
            throw new InputException("--to " + path + " is a file, and not a folder");
        }
        return new Folder(path, options.overwrite());
    }

    private Target file(String kind, Path path) {
        Beside.folder(path);
        if (Files.isDirectory(path)) {
            throw new InputException(
                    "--to " + path + " is a folder: name a file in it, for example " + path.resolve("pages." + kind));
        }
        if (!kind.equals("sqlite")) {
            return Files.exists(path) && !Files.isRegularFile(path)
                    ? outlet(kind, path.toString())
                    : LineFile.of(kind, path, options);
        }
        if (Files.exists(path) && !Files.isRegularFile(path)) {
            throw new InputException("--to " + path + " is not a regular file: a database cannot be there");
        }
        // These two are columns in any case.
        var fields = options.fields().stream()
                .filter(field -> !field.equalsIgnoreCase("key") && !field.equalsIgnoreCase("json"))
                .toList();
        return new Table(path, options.table(), fields, options.overwrite());
    }

    private Target outlet(String kind, String place) {
        return switch (kind) {
            case "jsonl" -> new Outlet(place, LineFormat.JSON);
            case "csv" -> new Outlet(place, new CsvLines(options.fields()));
            default -> throw new InputException("--to " + kind + ":" + place + ": only lines can be written there");
        };
    }
}
