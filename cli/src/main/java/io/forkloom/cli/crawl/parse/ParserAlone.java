package io.forkloom.cli.crawl.parse;

import io.forkloom.bench.peers.AskedProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** For {@code forkloom bench crawl.warm}: what the parser does a second in one process, once warm, with pages in memory. */
final class ParserAlone {
    private ParserAlone() {}

    /** As {@code FOLDER PASSES}: all pages of the folder, so many times; the last half counts. */
    public static void main(String[] args) throws Exception {
        int passes = Integer.parseInt(args[1]);
        AskedProgram.serve(() -> {
            var pages = pages(Path.of(args[0]));
            long start = System.nanoTime();
            int counted = 0;
            for (int pass = 0; pass < passes; pass++) {
                if (pass == passes / 2) {
                    start = System.nanoTime();
                    counted = 0;
                }
                for (var page : pages) {
                    counted += Parsers.parse(page).json().length > 0 ? 1 : 0;
                }
            }
            return new double[] {counted / ((System.nanoTime() - start) / 1e9)};
        });
    }

    private static List<Page> pages(Path folder) throws IOException {
        var pages = new ArrayList<Page>();
        try (var files = Files.walk(folder)) {
            for (var file : files.filter(each -> each.toString().endsWith(".html"))
                    .filter(Files::isRegularFile)
                    .toList()) {
                String url = "http://127.0.0.1/" + folder.relativize(file);
                pages.add(
                        new Page(new Origin(url, url, 200, "text/html"), Files.readAllBytes(file), Recipe.of("html")));
            }
        }
        return pages;
    }
}
