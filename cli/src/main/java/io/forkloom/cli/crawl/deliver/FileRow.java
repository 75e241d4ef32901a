package io.forkloom.cli.crawl.deliver;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The files that a split output is spread over, by number from 1: {@code pages-00001.jsonl.gz} of {@code pages.jsonl.gz}. */
record FileRow(Path folder, String stem, String ending) {

    static FileRow of(Path path) {
        String name = String.valueOf(path.getFileName());
        int end = name.endsWith(".gz") ? name.length() - 3 : name.length();
        int dot = name.lastIndexOf('.', end - 1);
        int at = dot > 0 ? dot : end;
        return new FileRow(Beside.folder(path), name.substring(0, at), name.substring(at));
    }

    Path file(int number) {
        return folder.resolve("%s-%05d%s".formatted(stem, number, ending));
    }

    Path part(int number) {
        return Beside.of(file(number), Beside.PART);
    }

    /** For the name of all of them. */
    String pattern() {
        return folder.resolve(stem + "-#####" + ending).toString();
    }

    /** The number of the last file that has its name. */
    Optional<Integer> complete() throws IOException {
        return numbers("").stream().max(Integer::compare);
    }

    /** Removes what stands behind a file: parts, or those that have their names. */
    void removeBehind(int number, String ending) throws IOException {
        for (int behind : numbers(ending)) {
            if (behind > number) {
                Files.delete(Path.of(file(behind) + ending));
            }
        }
    }

    private List<Integer> numbers(String ending) throws IOException {
        var name = Pattern.compile(Pattern.quote(stem) + "-([0-9]{5,7})" + Pattern.quote(this.ending + ending));
        var found = new ArrayList<Integer>();
        try (var files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                var match = name.matcher(String.valueOf(file.getFileName()));
                if (match.matches()) {
                    found.add(Integer.valueOf(match.group(1)));
                }
            }
        }
        return found;
    }

    boolean isOwn(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.startsWith(stem + "-")
                && name.matches(Pattern.quote(stem) + "-[0-9]{5,7}" + Pattern.quote(ending) + "(\\.part)?")
                && Beside.isSameFolder(folder.resolve(stem), file);
    }
}
