package io.forkloom.cli.crawl.deliver;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.forkloom.cli.Console;
import io.forkloom.cli.crawl.parse.Origin;
import io.forkloom.cli.crawl.parse.Result;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/** Results to deliver, places for them, and what stands there afterwards. */
final class Parcels {
    static final Console CONSOLE = console(OutputStream.nullOutputStream());

    private Parcels() {}

    static Console console(OutputStream out) {
        return new Console(
                InputStream.nullInputStream(),
                new PrintStream(out, true, UTF_8),
                new PrintStream(out, true, UTF_8),
                false);
    }

    static Parcel parcel(String key) {
        return parcel(key, "");
    }

    static Parcel parcel(String key, String text) {
        return json(key, "{\"source\":\"" + key + "\",\"text\":\"" + text + "\",\"words\":7}");
    }

    static Parcel json(String key, String json) {
        var origin = new Origin(key, "", 200, "text/html");
        var content = new Result.Content(3, "cafe" + key);
        var effort = new Result.Effort("0.1", 1.5);
        return new Parcel(key, new Result(origin, "text/html", content, json.getBytes(UTF_8), List.of(), effort));
    }

    static List<Parcel> parcels(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> parcel("http://a/" + i)).toList();
    }

    static Targets targets(Path folder, String... names) {
        return targets(folder, false, OptionalLong.empty(), names);
    }

    static Targets targets(Path folder, boolean overwrite, OptionalLong split, String... names) {
        var patience = new HttpOptions.Patience(9, Duration.ofMillis(1), Duration.ofMillis(4), Duration.ofSeconds(20));
        var http = new HttpOptions("POST", List.of(), 4, patience);
        var reader = new TargetReader(new DeliverOptions(overwrite, split, "pages", Fields.STANDARD, http));
        return new Targets(
                Arrays.stream(names)
                        .map(name -> reader.read(name.replace("DIR", folder.toString())))
                        .toList(),
                overwrite);
    }

    static List<String> files(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
