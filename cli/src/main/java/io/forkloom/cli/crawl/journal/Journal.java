package io.forkloom.cli.crawl.journal;

import io.forkloom.cli.InputException;
import io.forkloom.cli.crawl.fetch.Validators;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The state of every input of one crawl. For any thread; one at a time is in it, and each change is one transaction.
 *
 * <p>What the disk or the file refuses is a {@link JournalException}: the crawl cannot go on without its journal.
 */
public final class Journal implements AutoCloseable {
    /** As much of a SHA-512 as no two pages share. */
    private static final int DIGEST = 32;

    private final String name;
    private final Database database;
    private final ReentrantLock lock = new ReentrantLock();
    private long nanos; // guarded by lock

    private Journal(String name, Database database) {
        this.name = name;
        this.database = database;
    }

    /** A new one, in place of any that was there. */
    public static Journal create(Path file) {
        try {
            delete(file);
            return new Journal(file.toString(), Database.create(file));
        } catch (SQLException | IOException failure) {
            throw new InputException("cannot write the journal " + file + ": " + failure.getMessage(), failure);
        }
    }

    /** For a crawl whose output cannot be gone on with. Nothing is left of it, however the process ends. */
    public static Journal temporary() {
        try {
            return new Journal("of this crawl", Database.temporary());
        } catch (SQLException failure) {
            throw new InputException("cannot write a temporary journal: " + failure.getMessage(), failure);
        }
    }

    /** One that is there: to go on with, or only to read, also while a crawl goes on. */
    public static Journal open(Path file, boolean readOnly) {
        if (!Files.isRegularFile(file)) {
            throw new InputException(file + ": there is no such journal, so nothing is known of that crawl");
        }
        try {
            return new Journal(file.toString(), Database.open(file, readOnly));
        } catch (SQLException failure) {
            throw new InputException(file + " cannot be read as a crawl's journal: " + failure.getMessage(), failure);
        }
    }

    private static void delete(Path file) throws IOException {
        for (String end : List.of("", "-wal", "-shm", "-journal")) {
            Files.deleteIfExists(file.resolveSibling(file.getFileName() + end));
        }
    }

    // What is known of the whole.

    public Optional<String> note(String name) {
        return locked(() -> Optional.ofNullable(database.text("SELECT value FROM meta WHERE name = ?", name)));
    }

    public void note(String name, String value) {
        locked(() -> database.update("INSERT OR REPLACE INTO meta VALUES(?, ?)", name, value));
    }

    public Counts counts() {
        return locked(() -> Counts.of(database));
    }

    /** Where each output was when what is noted as done had been flushed. */
    public Map<String, Long> positions() {
        return locked(() -> {
            var found = new LinkedHashMap<String, Long>();
            try (var rows = database.bind("SELECT name, position FROM sink").executeQuery()) {
                while (rows.next()) {
                    found.put(rows.getString(1), rows.getLong(2));
                }
            }
            return found;
        });
    }

    /** How long threads have been in it, for the cost of it. */
    public long nanos() {
        lock.lock();
        try {
            return nanos;
        } finally {
            lock.unlock();
        }
    }

    // Inputs in.

    /** Adds those that are not known yet; gives their hosts. */
    public Map<String, Integer> add(Collection<Found> found) {
        return locked(() -> Rows.add(database, found));
    }

    /** The address of an input that is a page. */
    public URI address(long id) {
        return locked(() -> Optional.ofNullable(database.text("SELECT key FROM input WHERE id = ?", id)))
                .map(URI::create)
                .orElseThrow(() -> new IllegalStateException("there is no input " + id));
    }

    /** Those of this host that wait, in the order in which they were found, behind this one. */
    public List<Input> waiting(String host, long behind, int most) {
        return locked(() -> Rows.waiting(database, host, behind, most));
    }

    /** The next host, by its name, that something waits of. */
    public Optional<String> hostBehind(String host) {
        return locked(() -> Optional.ofNullable(
                database.text("SELECT min(host) FROM input WHERE state = 'waiting' AND host > ?", host)));
    }

    /** Those that failed with one of these outcomes wait again. */
    public long retry(Set<String> outcomes) {
        return locked(() -> {
            long count = 0;
            for (String outcome : outcomes) {
                count += database.update(
                        "UPDATE input SET state = 'waiting', outcome = NULL, stage = NULL, error = CASE kind WHEN"
                                + " 'broken' THEN error END WHERE state = 'failed' AND outcome = ?",
                        outcome);
            }
            return count;
        });
    }

    // Ends.

    /** Notes ends, and how far the outputs are with them; gives the hosts of links that were not known yet. */
    public Map<String, Integer> end(List<Ending> endings, Map<String, Long> positions) {
        return locked(() -> {
            for (var position : positions.entrySet()) {
                database.update("INSERT OR REPLACE INTO sink VALUES(?, ?)", position.getKey(), position.getValue());
            }
            return Rows.end(database, endings);
        });
    }

    /** Whether an input with this content is done. */
    public boolean hasContent(String sha512) {
        return locked(() -> database.number("SELECT 1 FROM input WHERE digest = ? LIMIT 1", digest(sha512)) == 1);
    }

    static byte[] digest(String sha512) {
        return HexFormat.of().parseHex(sha512, 0, DIGEST);
    }

    // Of an earlier crawl.

    /** What to ask a server by whether this input has changed since; {@link Validators#NONE} if nothing is known. */
    public Validators validators(String key) {
        return locked(() -> Rows.validators(database, key));
    }

    /** The links that were first found on this page. */
    public List<String> linksOf(String key) {
        return locked(() -> Rows.names(
                database, "SELECT name FROM input WHERE parent = (SELECT id FROM input WHERE key = ?)", key));
    }

    /** Those that failed, behind this id, in order. */
    public List<Rows.Failed> failed(long behind, int most) {
        return locked(() -> Rows.failed(database, behind, most));
    }

    // The end.

    @Override
    public void close() {
        lock.lock();
        try {
            database.close();
        } catch (SQLException failure) {
            throw new JournalException(name, failure);
        } finally {
            lock.unlock();
        }
    }

    private interface Work<R> {
        R run() throws SQLException;
    }

    private <R> R locked(Work<R> work) {
        lock.lock();
        long begin = System.nanoTime();
        try {
            var result = work.run();
            database.commit();
            return result;
        } catch (SQLException failure) {
            throw rolledBack(failure);
        } finally {
            nanos += System.nanoTime() - begin;
            lock.unlock();
        }
    }

    private JournalException rolledBack(SQLException failure) {
        try {
            database.rollback();
        } catch (SQLException worse) {
            failure.addSuppressed(worse);
        }
        return new JournalException(name, failure);
    }
}
