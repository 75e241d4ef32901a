package io.forkloom.cli.crawl.deliver;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Puts results into a table, by key, in one transaction a flush. */
final class TableSink implements Sink {
    /** The position of a table that is there. */
    static final long BEGUN = 1;

    private final Table target;
    private final Claim claim;
    private final Fields fields;
    private final Connection connection;
    private final PreparedStatement insert;

    private TableSink(Table target, Claim claim, Connection connection) throws SQLException {
        this.target = target;
        this.claim = claim;
        this.fields = new Fields(target.fields());
        this.connection = connection;
        String places =
                Stream.generate(() -> "?").limit(fields.names().size() + 2).collect(Collectors.joining(","));
        this.insert = connection.prepareStatement(
                "INSERT OR REPLACE INTO " + quoted(target.table()) + " (" + columns() + ") VALUES (" + places + ")");
    }

    static TableSink open(Table target, long position) throws IOException {
        var claim = Claim.of(target.path());
        try {
            return open(target, position, claim);
        } catch (SQLException failure) {
            claim.close();
            throw Table.failed(failure);
        }
    }

    private static TableSink open(Table target, long position, Claim claim) throws SQLException {
        var connection = target.connect();
        try {
            prepare(target, connection, position == 0);
            return new TableSink(target, claim, connection);
        } catch (SQLException failure) {
            connection.close();
            throw failure;
        }
    }

    private static void prepare(Table target, Connection connection, boolean fresh) throws SQLException {
        String columns = target.fields().stream()
                .map(field -> ", " + quoted(field) + type(field))
                .collect(Collectors.joining());
        connection.setAutoCommit(false);
        try (var statement = connection.createStatement()) {
            if (fresh && target.overwrite()) {
                statement.execute("DROP TABLE IF EXISTS " + quoted(target.table()));
            }
            statement.execute("CREATE TABLE IF NOT EXISTS " + quoted(target.table()) + " (key TEXT PRIMARY KEY NOT NULL"
                    + columns + ", json TEXT NOT NULL)");
        }
        connection.commit();
    }

    /** What other fields hold, nobody knows; a column without a type takes anything. */
    private static String type(String field) {
        return switch (field) {
            case "status", "bytes", "words" -> " INTEGER";
            case "ms" -> " REAL";
            case "source", "type", "sha512", "title", "text", "language", "worker" -> " TEXT";
            default -> "";
        };
    }

    private String columns() {
        return Stream.of(Stream.of("key"), fields.names().stream(), Stream.of("json"))
                .flatMap(each -> each)
                .map(TableSink::quoted)
                .collect(Collectors.joining(","));
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    @Override
    public void write(Parcel parcel) throws IOException {
        byte[] json = parcel.result().json();
        @Nullable Object[] values = fields.of(json);
        try {
            insert.setString(1, parcel.key());
            for (int i = 0; i < values.length; i++) {
                insert.setObject(i + 2, values[i]);
            }
            insert.setString(values.length + 2, new String(json, UTF_8));
            insert.executeUpdate();
        } catch (SQLException failure) {
            throw Table.failed(failure);
        }
    }

    @Override
    public long flush() throws IOException {
        try {
            connection.commit();
            return BEGUN;
        } catch (SQLException failure) {
            throw Table.failed(failure);
        }
    }

    /** What was flushed is in its place already. */
    @Override
    public void commit() throws IOException {
        claim.remove();
    }

    @Override
    public void close() throws IOException {
        try (claim;
                connection;
                insert) {
            connection.rollback();
        } catch (SQLException failure) {
            throw Table.failed(failure);
        }
    }

    @Override
    public String toString() {
        return target.toString();
    }
}
