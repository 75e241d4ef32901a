package io.forkloom.cli.crawl.deliver;

import io.forkloom.cli.Console;
import io.forkloom.cli.InputException;
import io.forkloom.cli.NativeSqlite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;

/**
 * A table in a SQLite database, with a row a key. Other tables in it are left alone. Its position is 1 as soon as it has been
 * begun: rows come again by their keys.
 */
record Table(Path path, String table, List<String> fields, boolean overwrite) implements Target {
    /** How long to wait for others who have the database locked. */
    private static final Duration BUSY = Duration.ofSeconds(30);

    @Override
    public String name() {
        return "sqlite:" + path + "#" + table;
    }

    @Override
    public Optional<Path> home() {
        return Optional.of(path);
    }

    @Override
    public void refuseExisting() throws IOException {
        if (!overwrite && Files.exists(path) && hasTable()) {
            throw new InputException(
                    path + " has a table " + table + ": name another one by --table, or give --overwrite");
        }
    }

    @Override
    public long end() throws IOException {
        if (!Files.exists(path) || !hasTable()) {
            throw new InputException(path + ": there is no table " + table + " to add to");
        }
        return TableSink.BEGUN;
    }

    private boolean hasTable() throws IOException {
        try (var connection = connect();
                var query = connection.prepareStatement("SELECT 1 FROM sqlite_master WHERE type='table' AND name=?")) {
            query.setString(1, table);
            try (var rows = query.executeQuery()) {
                return rows.next();
            }
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public Sink open(long position, Console console) throws IOException {
        return TableSink.open(this, position);
    }

    Connection connect() throws SQLException {
        NativeSqlite.require();
        var config = new SQLiteConfig();
        config.setJournalMode(JournalMode.WAL);
        // In this mode NORMAL could lose the last commits to a power cut, and the journal would not know.
        config.setSynchronous(SynchronousMode.FULL);
        config.setBusyTimeout((int) BUSY.toMillis());
        return DriverManager.getConnection("jdbc:sqlite:" + path, config.toProperties());
    }

    /** The driver's messages have a code in brackets before, and SQLite's words in round ones behind. */
    static IOException failed(SQLException failure) {
        String message = String.valueOf(failure.getMessage());
        return new IOException(message.replaceFirst("(?s)^\\[SQLITE_\\w+] .*\\((.*)\\)$", "$1"), failure);
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
