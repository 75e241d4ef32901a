package io.forkloom.cli;

import java.nio.file.Path;
import java.util.Map;

/** Where the command keeps what it can make again: the user's folder for that, as freedesktop.org has it. */
public final class CacheFolder {
    private CacheFolder() {}

    /** For AOT caches of workers. It need not exist, and need not be possible. */
    public static Path ofWorkers() {
        return of(System.getenv(), Path.of(System.getProperty("user.home"))).resolve("workers");
    }

    static Path of(Map<String, String> environment, Path home) {
        var configured = environment.getOrDefault("XDG_CACHE_HOME", "");
        // A relative one is to be ignored, says the specification.
        return configured.startsWith("/")
                ? Path.of(configured, "forkloom")
                : home.resolve(".cache").resolve("forkloom");
    }
}
