package io.forkloom.cli.crawl.journal;

import io.forkloom.cli.crawl.deliver.Failure;
import io.forkloom.cli.crawl.fetch.Validators;
import io.forkloom.cli.crawl.source.Source;
import io.forkloom.cli.crawl.source.WebAddress;
import java.net.URI;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The rows of inputs, and what they stand for. */
public final class Rows {
    private static final String ADD = "INSERT INTO input(key, kind, name, host, depth, parent, root, state, error)"
            + " VALUES(?, ?, ?, ?, ?, ?, ?, 'waiting', ?) ON CONFLICT(key) DO NOTHING";
    private static final String WAITING = "SELECT id, key, kind, name, host, depth, root, error FROM input"
            + " WHERE state = 'waiting' AND host = ? AND id > ? ORDER BY id LIMIT ?";
    private static final String DONE = "UPDATE input SET state = 'done', outcome = 'Completed', bytes = ?, digest = ?,"
            + " etag = ?, modified = ? WHERE id = ?";
    private static final String FAILED =
            "UPDATE input SET state = 'failed', outcome = ?, stage = ?, error = ? WHERE id = ?";
    private static final String SKIPPED =
            "UPDATE input SET state = 'skipped', outcome = ?, etag = ?, modified = ? WHERE id = ?";

    private Rows() {}

    /** One that failed: its row, what it was, and why. */
    public record Failed(long id, Source source, Failure failure) {}

    static Map<String, Integer> add(Database database, Collection<Found> found) throws SQLException {
        var hosts = new HashMap<String, Integer>();
        for (Found each : found) {
            int added = database.update(
                    ADD,
                    each.key(),
                    kind(each.source()),
                    each.source().name(),
                    each.host(),
                    each.depth(),
                    each.parent(),
                    each.root(),
                    each.source() instanceof Source.Broken broken ? broken.reason() : null);
            if (added > 0) {
                hosts.merge(each.host(), 1, Integer::sum);
            }
        }
        return hosts;
    }

    private static String kind(Source source) {
        return switch (source) {
            case Source.Web _ -> "web";
            case Source.Local _ -> "file";
            case Source.Broken _ -> "broken";
        };
    }

    static List<Input> waiting(Database database, String host, long behind, int most) throws SQLException {
        var found = new ArrayList<Input>();
        try (var rows = database.bind(WAITING, host, behind, most).executeQuery()) {
            while (rows.next()) {
                found.add(input(rows));
            }
        }
        return found;
    }

    private static Input input(ResultSet row) throws SQLException {
        long id = row.getLong(1);
        String key = row.getString(2);
        var source = source(row.getString(3), row.getString(4), key, row.getString(8));
        long root = row.getLong(7);
        return new Input(id, key, source, row.getString(5), row.getInt(6), root == 0 ? id : root);
    }

    private static Source source(String kind, String name, String key, @Nullable String error) {
        return switch (kind) {
            case "web" -> new Source.Web(name, address(name, key));
            case "file" -> new Source.Local(name, Path.of(key));
            default -> new Source.Broken(name, text(error));
        };
    }

    /** As it was named, for servers that tell apart what no server should. */
    private static URI address(String name, String key) {
        return WebAddress.tryParse(name).orElseGet(() -> URI.create(key));
    }

    static Map<String, Integer> end(Database database, List<Ending> endings) throws SQLException {
        var found = new HashMap<String, Integer>();
        for (Ending ending : endings) {
            long id = ending.input().id();
            switch (ending) {
                case Ending.Done done -> {
                    database.update(
                            DONE,
                            done.bytes(),
                            done.sha512().isEmpty() ? null : Journal.digest(done.sha512()),
                            empty(done.validators().etag()),
                            empty(done.validators().lastModified()),
                            id);
                    add(database, done.links()).forEach((host, count) -> found.merge(host, count, Integer::sum));
                }
                case Ending.Failed failed -> fail(database, id, failed.failure());
                case Ending.Skipped skipped -> {
                    var validators = skipped.validators();
                    database.update(
                            SKIPPED,
                            skipped.why().word(),
                            empty(validators.etag()),
                            empty(validators.lastModified()),
                            id);
                    add(database, skipped.links()).forEach((host, count) -> found.merge(host, count, Integer::sum));
                }
            }
        }
        return found;
    }

    private static void fail(Database database, long id, Failure failure) throws SQLException {
        database.update(FAILED, failure.outcome(), failure.stage(), failure.error(), id);
    }

    private static @Nullable String empty(String text) {
        return text.isEmpty() ? null : text;
    }

    static Validators validators(Database database, String key) throws SQLException {
        String sql = "SELECT etag, modified FROM input WHERE key = ?";
        try (var row = database.bind(sql, key).executeQuery()) {
            return row.next() ? new Validators(text(row.getString(1)), text(row.getString(2))) : Validators.NONE;
        }
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }

    static List<String> names(Database database, String sql, String key) throws SQLException {
        var names = new ArrayList<String>();
        try (var rows = database.bind(sql, key).executeQuery()) {
            while (rows.next()) {
                names.add(rows.getString(1));
            }
        }
        return names;
    }

    static List<Failed> failed(Database database, long behind, int most) throws SQLException {
        var found = new ArrayList<Failed>();
        String sql = "SELECT id, name, stage, outcome, error, kind, key FROM input WHERE state = 'failed' AND id > ?"
                + " ORDER BY id LIMIT ?";
        try (var rows = database.bind(sql, behind, most).executeQuery()) {
            while (rows.next()) {
                String name = rows.getString(2);
                String error = text(rows.getString(5));
                found.add(new Failed(
                        rows.getLong(1),
                        source(rows.getString(6), name, rows.getString(7), error),
                        new Failure(name, rows.getString(3), rows.getString(4), error)));
            }
        }
        return found;
    }
}
