package io.forkloom.cli.crawl.journal;

import io.forkloom.cli.NativeSqlite;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteOpenMode;

/** One connection to a journal's file, with its statements prepared once. One thread at a time uses it. */
final class Database implements AutoCloseable {
    /** In SQLite's header, so that no other database is taken for a journal: "loom". */
    private static final int APPLICATION = 0x6c6f6f6d;

    private static final int VERSION = 1;
    private static final int WAIT_MILLIS = 10_000;
    /** 8 MiB of pages; negative is how SQLite tells KiB from pages. */
    private static final int CACHE = -8_192;

    private static final String[] SCHEMA = {
        "CREATE TABLE meta(name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
        "CREATE TABLE sink(name TEXT PRIMARY KEY, position INTEGER NOT NULL) WITHOUT ROWID",
        """
        CREATE TABLE input(
            id INTEGER PRIMARY KEY,
            key TEXT NOT NULL UNIQUE,
            kind TEXT NOT NULL,
            name TEXT NOT NULL,
            host TEXT NOT NULL,
            depth INTEGER NOT NULL,
            parent INTEGER NOT NULL,
            root INTEGER NOT NULL,
            state TEXT NOT NULL,
            outcome TEXT,
            stage TEXT,
            error TEXT,
            bytes INTEGER,
            digest BLOB,
            etag TEXT,
            modified TEXT)""",
        "CREATE INDEX input_waiting ON input(host, id) WHERE state = 'waiting'",
        "CREATE INDEX input_digest ON input(digest) WHERE digest IS NOT NULL",
        "CREATE INDEX input_parent ON input(parent) WHERE parent > 0",
        "PRAGMA application_id = " + APPLICATION,
        "PRAGMA user_version = " + VERSION,
    };

    private final Connection connection;
    private final Map<String, PreparedStatement> statements = new HashMap<>();

    static {
        NativeSqlite.require();
    }

    private Database(Connection connection) {
        this.connection = connection;
    }

    static Database create(Path file) throws SQLException {
        return create(config(false).createConnection("jdbc:sqlite:" + file));
    }

    /**
     * In a file without a name, which SQLite makes for a database of that kind: what is not in the cache goes to the disk, and is
     * gone with the process.
     */
    static Database temporary() throws SQLException {
        var config = config(false);
        // It can have no WAL, and nobody else reads it. To undo a batch takes less memory than the batch.
        config.setJournalMode(SQLiteConfig.JournalMode.MEMORY);
        // As a URI: the driver takes an empty name for a database in memory.
        return create(config.createConnection("jdbc:sqlite:file:"));
    }

    private static Database create(Connection connection) throws SQLException {
        var database = new Database(connection);
        try {
            database.connection.setAutoCommit(false);
            for (String line : SCHEMA) {
                database.execute(line);
            }
            database.connection.commit();
            return database;
        } catch (SQLException | RuntimeException failure) {
            database.connection.close();
            throw failure;
        }
    }

    /**
     * Of a journal that is there.
     *
     * @throws SQLException also where the file is none
     */
    static Database open(Path file, boolean readOnly) throws SQLException {
        var database = new Database(config(readOnly).createConnection("jdbc:sqlite:" + file));
        try {
            if (database.number("PRAGMA application_id") != APPLICATION) {
                throw new SQLException("it is not the journal of a crawl");
            }
            if (database.number("PRAGMA user_version") != VERSION) {
                throw new SQLException("another version of forkloom wrote it");
            }
            database.connection.setAutoCommit(false);
            return database;
        } catch (SQLException | RuntimeException failure) {
            database.connection.close();
            throw failure;
        }
    }

    private static SQLiteConfig config(boolean readOnly) {
        var config = new SQLiteConfig();
        config.setBusyTimeout(WAIT_MILLIS);
        if (readOnly) {
            config.setReadOnly(true);
        } else {
            config.setOpenMode(SQLiteOpenMode.CREATE);
            config.setJournalMode(SQLiteConfig.JournalMode.WAL);
            // After a power cut the last notes may be missing, and never those before them: what is missing comes
            // again.
            config.setSynchronous(SQLiteConfig.SynchronousMode.NORMAL);
        }
        config.setCacheSize(CACHE);
        return config;
    }

    PreparedStatement statement(String sql) throws SQLException {
        var known = statements.get(sql);
        if (known == null) {
            known = connection.prepareStatement(sql);
            statements.put(sql, known);
        }
        return known;
    }

    /** With its parameters in place: numbers, strings, byte arrays and null. */
    PreparedStatement bind(String sql, @Nullable Object... values) throws SQLException {
        var statement = statement(sql);
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        return statement;
    }

    /** How many rows it has changed. */
    int update(String sql, @Nullable Object... values) throws SQLException {
        return bind(sql, values).executeUpdate();
    }

    long number(String sql, @Nullable Object... values) throws SQLException {
        try (ResultSet row = bind(sql, values).executeQuery()) {
            return row.next() ? row.getLong(1) : 0;
        }
    }

    @Nullable
    String text(String sql, @Nullable Object... values) throws SQLException {
        try (ResultSet row = bind(sql, values).executeQuery()) {
            return row.next() ? row.getString(1) : null;
        }
    }

    private void execute(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    void commit() throws SQLException {
        connection.commit();
    }

    void rollback() throws SQLException {
        connection.rollback();
    }

    @Override
    public void close() throws SQLException {
        try (connection) {
            if (!connection.isReadOnly()) {
                fold();
            }
        }
    }

    /** Leaves one file, which readers can read without making others beside it. */
    private void fold() {
        try {
            connection.rollback();
            connection.setAutoCommit(true);
            execute("PRAGMA journal_mode=DELETE");
        } catch (SQLException busy) {
            // Somebody reads it just now; then the other files stay until the next run.
        }
    }
}
