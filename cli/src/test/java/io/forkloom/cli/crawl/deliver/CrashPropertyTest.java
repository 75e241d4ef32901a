package io.forkloom.cli.crawl.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.zip.GZIPInputStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * A crash at every step between a write and the journal's note: opened again at what was noted, and with all behind it written
 * again, every place has every result exactly once.
 */
class CrashPropertyTest {
    /** When the crash comes, in the course of one batch. */
    enum Moment {
        BEFORE_THE_WRITE,
        AMID_THE_WRITE,
        BEFORE_THE_FLUSH,
        BEFORE_THE_NOTE,
        AFTER_THE_NOTE,
        NEVER
    }

    /** Where a force to the disk costs nothing: there are thousands, and no power cut in a test. */
    private static final Path MEMORY =
            Files.isWritable(Path.of("/dev/shm")) ? Path.of("/dev/shm") : Path.of(System.getProperty("java.io.tmpdir"));

    record Batch(List<Integer> lengths, List<Moment> crashes) {}

    /** What survives a crash: what a real journal notes in one transaction. */
    private static final class Journal {
        private Map<String, Long> positions = Map.of();
        private int batches;
        /** Each makes results shorter: a page can have changed, and what is left of the longer ones must be gone. */
        private int runs;
    }

    /** One for all tries. */
    @SuppressWarnings("NullAway.Init")
    private static HangingServer server;

    private record Work(String key, int length) {
        Parcel parcel(int run) {
            return Parcels.parcel(key, noise(length >> run));
        }
    }

    private final List<Work> all = new ArrayList<>();

    @BeforeContainer
    static void start() throws IOException {
        server = new HangingServer();
    }

    @AfterContainer
    static void stop() {
        server.close();
    }

    @Property(tries = 60, shrinking = ShrinkingMode.BOUNDED)
    void nothing_is_lost_and_nothing_is_twice(
            @ForAll("batches") @Size(max = 8) List<Batch> batches, @ForAll("splits") long split, @ForAll boolean again)
            throws Exception {
        all.clear();
        server.forget();
        Path folder = Files.createTempDirectory(MEMORY, "forkloom-crash-");
        try {
            var limit = split == 0 ? OptionalLong.empty() : OptionalLong.of(split);
            var targets = Parcels.targets(
                    folder,
                    false,
                    limit,
                    "DIR/a.jsonl",
                    "DIR/b.jsonl.gz",
                    "DIR/c.csv",
                    "DIR/d.csv.gz",
                    "DIR/e.db",
                    "DIR/f/",
                    server.url());
            var journal = new Journal();
            var work = parcels(batches);
            for (int i = 0; i < batches.size(); i++) {
                for (Moment crash : batches.get(i).crashes()) {
                    run(targets, journal, work, i, crash);
                }
            }
            run(targets, journal, work, batches.size(), Moment.NEVER);
            commit(targets, journal);
            if (again) {
                // The names were given, and the crash came before anybody noted that.
                commit(targets, journal);
            }
            check(folder, split > 0);
            assertThat(server.sources())
                    .containsExactlyInAnyOrderElementsOf(
                            all.stream().map(Work::key).toList());
        } finally {
            try (var files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    /** Goes on from what was noted, up to the given batch, in which the crash comes. */
    private static void run(Targets targets, Journal journal, List<List<Work>> work, int last, Moment crash)
            throws InterruptedException {
        journal.runs++;
        try (var sinks = targets.open(journal.positions, Parcels.CONSOLE)) {
            for (int i = journal.batches; i < work.size() && i <= last; i++) {
                if (!step(sinks, journal, work.get(i), i == last ? crash : Moment.NEVER)) {
                    return;
                }
            }
        }
    }

    private static boolean step(Sinks sinks, Journal journal, List<Work> work, Moment crash)
            throws InterruptedException {
        var batch = work.stream().map(each -> each.parcel(journal.runs)).toList();
        if (crash == Moment.BEFORE_THE_WRITE) {
            return false;
        }
        sinks.write(crash == Moment.AMID_THE_WRITE ? batch.subList(0, batch.size() / 2) : batch);
        if (crash == Moment.AMID_THE_WRITE || crash == Moment.BEFORE_THE_FLUSH) {
            return false;
        }
        var positions = sinks.flush();
        if (crash == Moment.BEFORE_THE_NOTE) {
            return false;
        }
        journal.positions = positions;
        journal.batches++;
        return crash != Moment.AFTER_THE_NOTE;
    }

    private static void commit(Targets targets, Journal journal) throws InterruptedException {
        try (var sinks = targets.open(journal.positions, Parcels.CONSOLE)) {
            journal.positions = sinks.flush();
            sinks.commit();
        }
    }

    private List<List<Work>> parcels(List<Batch> batches) {
        var work = new ArrayList<List<Work>>();
        for (Batch batch : batches) {
            int first = all.size();
            batch.lengths().forEach(length -> all.add(new Work("http://a/" + all.size(), length)));
            work.add(List.copyOf(all.subList(first, all.size())));
        }
        return work;
    }

    /** Text that does not compress to nothing. */
    private static String noise(int length) {
        var text = new StringWriter(length);
        for (int i = 0; i < length; i++) {
            text.write('a' + (int) (((i * 0x9E3779B97F4A7C15L) >>> 40) % 26));
        }
        return text.toString();
    }

    private void check(Path folder, boolean split) throws Exception {
        var keys = all.stream().map(Work::key).toList();
        assertThat(Parcels.files(folder)).noneMatch(name -> name.endsWith(".part"));
        for (String name : List.of("a.jsonl", "b.jsonl.gz")) {
            assertThat(jsonSources(files(folder, name, split))).as(name).containsExactlyElementsOf(keys);
        }
        for (String name : List.of("c.csv", "d.csv.gz")) {
            assertThat(csvSources(files(folder, name, split))).as(name).containsExactlyElementsOf(keys);
        }
        assertThat(rows(folder.resolve("e.db"))).containsExactlyInAnyOrderElementsOf(keys);
        try (var files = Files.walk(folder.resolve("f"))) {
            assertThat(jsonSources(files.filter(Files::isRegularFile).toList()))
                    .containsExactlyInAnyOrderElementsOf(keys);
        }
    }

    private static List<Path> files(Path folder, String name, boolean split) throws IOException {
        if (!split) {
            return List.of(folder.resolve(name));
        }
        String stem = name.substring(0, 1) + "-";
        return Parcels.files(folder).stream()
                .filter(file -> file.startsWith(stem))
                .map(folder::resolve)
                .toList();
    }

    private static String text(Path file) throws IOException {
        try (var in = file.toString().endsWith(".gz")
                ? new GZIPInputStream(Files.newInputStream(file))
                : Files.newInputStream(file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static List<String> jsonSources(List<Path> files) throws IOException {
        var found = new ArrayList<String>();
        for (Path file : files) {
            text(file)
                    .lines()
                    .map(line ->
                            JsonMapper.shared().readTree(line).get("source").stringValue())
                    .forEach(found::add);
        }
        return found;
    }

    private static List<String> csvSources(List<Path> files) throws IOException {
        var found = new ArrayList<String>();
        var format = CSVFormat.RFC4180
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get();
        for (Path file : files) {
            for (CSVRecord row : format.parse(new StringReader(text(file)))) {
                assertThat(row.get("words")).isEqualTo("7");
                found.add(row.get("source"));
            }
        }
        return found;
    }

    private static List<@Nullable String> rows(Path database) throws SQLException {
        var found = new ArrayList<@Nullable String>();
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT key FROM pages")) {
            while (rows.next()) {
                found.add(rows.getString(1));
            }
        }
        return found;
    }

    @Provide
    Arbitrary<List<Batch>> batches() {
        // Some are larger than all buffers, so that a part of a batch is on the disk before its flush.
        var lengths = Arbitraries.frequencyOf(
                Tuple.of(8, Arbitraries.integers().between(0, 200)),
                Tuple.of(1, Arbitraries.integers().between(60_000, 150_000)));
        return Combinators.combine(
                        lengths.list().ofMaxSize(12),
                        Arbitraries.of(Moment.class).list().ofMaxSize(3))
                .as(Batch::new)
                .list()
                .ofMaxSize(8);
    }

    @Provide
    Arbitrary<Long> splits() {
        return Arbitraries.of(0L, 300L, 5_000L, 200_000L);
    }
}
