package io.forkloom.examples;

import io.forkloom.ProcessPool;
import io.forkloom.async.Async;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * C7, one process for each file: the words of a folder of text files, counted. First every file has a process of its own, two
 * at a time and never more, however many files there are; then all share the two workers of one pool, which gives the same
 * and starts two processes in all. The same as a command, for any folder:
 * {@code forkloom crawl FOLDER --parse text --fields source,words --to -}.
 */
public final class WordCounts {
    private static final Pattern WORD = Pattern.compile("\\w+");
    private static final String[] TEXTS = {
        "The warp is held, the weft is thrown.",
        "A loom has a warp; a warp has no loom.",
        "Thread over thread over thread.",
        "the the the"
    };

    private WordCounts() {}

    /** What was found, and in which process. */
    record Counted(long process, Map<String, Integer> words) implements Serializable {}

    public static void main(String[] args) throws IOException, InterruptedException {
        var folder = Files.createTempDirectory("forkloom-example-");
        var paths = new ArrayList<String>();
        for (int i = 0; i < TEXTS.length; i++) {
            paths.add(Files.writeString(folder.resolve(i + ".txt"), TEXTS[i]).toString());
        }
        try (var pool = ProcessPool.open(c -> c.workers(2).heap("64m"))) {
            List<Counted> alone =
                    Async.amap(paths, WordCounts::inItsOwnProcess).limit(2).toList();
            for (var each : alone) {
                int all =
                        each.words().values().stream().mapToInt(count -> count).sum();
                IO.println(all + " words, " + each.words().size() + " of them different");
            }
            IO.println("the most frequent: " + mostFrequent(alone));
            IO.println("processes for " + paths.size() + " files: " + processes(alone));

            List<Counted> shared = pool.map(WordCounts::count, paths).chunk(1).toList();
            IO.println("the same from a pool: " + mostFrequent(shared).equals(mostFrequent(alone)));
            IO.println("more than two processes: " + (processes(shared) > 2));
        } finally {
            for (var path : paths) {
                Files.delete(Path.of(path));
            }
            Files.delete(folder);
        }
    }

    private static Counted inItsOwnProcess(String path) throws InterruptedException {
        try (var pool = ProcessPool.open(c -> c.workers(1).heap("64m"))) {
            return pool.call(WordCounts::count, path);
        }
    }

    private static long processes(List<Counted> counted) {
        return counted.stream().map(Counted::process).distinct().count();
    }

    private static String mostFrequent(List<Counted> counted) {
        var total = new TreeMap<String, Integer>();
        counted.forEach(each -> each.words().forEach((word, count) -> total.merge(word, count, Integer::sum)));
        return total.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                .limit(3)
                .map(entry -> entry.getValue() + " " + entry.getKey())
                .collect(Collectors.joining(", "));
    }

    /** In the worker. */
    static Counted count(String path) throws IOException {
        var words = new HashMap<String, Integer>();
        WORD.matcher(Files.readString(Path.of(path)).toLowerCase(Locale.ROOT))
                .results()
                .forEach(word -> words.merge(word.group(), 1, Integer::sum));
        return new Counted(ProcessHandle.current().pid(), words);
    }
}
