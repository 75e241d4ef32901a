package io.forkloom.bench.peers;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Which Python is compared with. */
final class Pythons {
    /** A name alone says little: each is asked, as what stands on the path may start something else, or nothing at all. */
    private static final List<String> QUESTION =
            List.of("-c", "import sys, platform; print(*sys.version_info[:3], platform.python_implementation())");

    private static final long ANSWER_SECONDS = 10;

    record Found(Path path, List<Integer> version) {
        /** Comparable: 3.14.2 is 3014002. */
        int rank() {
            return version.stream().reduce(0, (sum, part) -> sum * 1000 + part);
        }
    }

    private Pythons() {}

    /** @param wish a path, or a command with arguments; empty for the newest CPython that is found */
    static List<String> choose(Optional<String> wish) throws PeerException {
        if (wish.isPresent()) {
            String words = wish.get().strip();
            return Files.isExecutable(Path.of(words)) ? List.of(words) : List.of(words.split("\\s+", -1));
        }
        return candidates().stream()
                .flatMap(path -> ask(path).stream())
                .max(Comparator.comparingInt(Found::rank))
                .map(found -> List.of(found.path().toString()))
                .orElseThrow(() -> new PeerException("no Python 3 is on the path"));
    }

    /** Of the path, and of pyenv, whose own entries on the path work only where a version is selected. */
    private static Set<Path> candidates() {
        var folders = new ArrayList<Path>();
        for (String entry :
                Optional.ofNullable(System.getenv("PATH")).orElse("").split(File.pathSeparator, -1)) {
            folders.add(Path.of(entry));
        }
        var pyenv = Optional.ofNullable(System.getenv("PYENV_ROOT"))
                .map(Path::of)
                .orElse(Path.of(System.getProperty("user.home"), ".pyenv"));
        list(pyenv.resolve("versions"), "*").forEach(version -> folders.add(version.resolve("bin")));
        var all = new LinkedHashSet<Path>();
        for (var folder : folders) {
            list(folder, "python3*")
                    .filter(file -> file.getFileName().toString().matches("python3(\\.\\d+)?"))
                    .forEach(all::add);
        }
        return all;
    }

    private static Stream<Path> list(Path folder, String pattern) {
        var entries = new ArrayList<Path>();
        try (var files = Files.newDirectoryStream(folder, pattern)) {
            files.forEach(entries::add);
        } catch (IOException | DirectoryIteratorException e) {
            // Not there, or not for us.
        }
        return entries.stream().sorted();
    }

    private static Optional<Found> ask(Path python) {
        try {
            var process = new ProcessBuilder(Stream.concat(Stream.of(python.toString()), QUESTION.stream())
                            .toList())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!process.waitFor(ANSWER_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return Optional.empty();
            }
            String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return answer.matches("3 \\d+ \\d+ CPython")
                    ? Optional.of(new Found(
                            python,
                            Stream.of(answer.split(" ", -1))
                                    .limit(3)
                                    .map(Integer::valueOf)
                                    .toList()))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
