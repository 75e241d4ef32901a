package io.forkloom.cli;

import java.nio.file.Files;
import org.sqlite.SQLiteJDBCLoader;

/**
 * The native part of SQLite, which the driver copies out of its jar to load it, and removes when the program ends. One that is
 * killed would leave it behind; so here it is on the disk for as long as the loading takes.
 */
public final class NativeSqlite {
    private static final String FOLDER = "org.sqlite.tmpdir";

    static {
        load();
    }

    private NativeSqlite() {}

    /** To be called before the first connection; the first call takes some milliseconds. */
    public static void require() {
        // Done by the class's initializer, once.
    }

    private static void load() {
        try {
            var folder = Files.createTempDirectory("forkloom-sqlite-");
            try {
                System.setProperty(FOLDER, folder.toString());
                SQLiteJDBCLoader.initialize();
            } finally {
                System.clearProperty(FOLDER);
                Folders.remove(folder);
            }
        } catch (Exception cannot) { // what initialize declares
            // The driver tries again by itself, and says what is wrong.
        }
    }
}
