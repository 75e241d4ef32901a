package io.forkloom.internal.supervise;

import io.forkloom.internal.time.Ticks;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A folder with AOT caches, which workers' JVMs start faster with. Each is called by its key, which has all that makes a
 * JVM refuse one: the JDK, the jars with their sizes and times, the options. It is shared by programs: who makes a cache
 * holds a lock in it, writes under another name, and renames.
 *
 * <p>What is in a cache runs in every worker. So a folder that others can write to, or that is not the user's, is not used.
 * Whatever is wrong with the folder costs the caches and nothing else.
 *
 * <pre>
 *   KEY.aot   a cache; empty where none could be made, which is tried again a day later
 *   making    what is being made, with making.config; whoever has the lock may remove it
 *   lock      locked by who makes one
 * </pre>
 */
public final class AotFolder {
    private static final String SUFFIX = ".aot";
    private static final String MAKING = "making";
    private static final int MOST_CACHES = 8;
    private static final long MOST_BYTES = 256L << 20;
    private static final long DAY_MILLIS = 24 * 3600 * 1000L;

    /** Where the user chooses an archive, or has the JVM do what a cache is not for, or must not do twice. */
    private static final List<String> FORBIDDEN = List.of(
            "-XX:AOT",
            "-XX:Shared",
            "-XX:+AutoCreateSharedArchive",
            "-Xshare",
            "-Xlog",
            "-agent",
            "-javaagent",
            "-XX:StartFlightRecording",
            "-XX:Flags",
            "-cp",
            "-classpath",
            "--", // --class-path, --patch-module, and whatever else has to do with modules
            "@");

    /** Of all that begins so the one that changes no module. */
    private static final String NATIVE_ACCESS = "--enable-native-access=ALL-UNNAMED";

    private final Path path;

    /** Null until it was looked at: that is done by the first who needs it, and not by who opens a pool. */
    private volatile @Nullable Boolean usable;

    /** @param path made, with access for the user alone, where it does not exist */
    public AotFolder(Path path) {
        this.path = path.toAbsolutePath();
    }

    static boolean isForbiddenWith(String option) {
        if (option.equals(NATIVE_ACCESS)) {
            return false;
        }
        for (var each : FORBIDDEN) {
            if (option.startsWith(each)) {
                return true;
            }
        }
        return false;
    }

    /** Of these words, and the JDK. Need not withstand anybody: the JVM looks at a cache again. */
    static String key(List<String> words) {
        var all = new ArrayList<>(words);
        for (String property : List.of("java.home", "java.vm.vendor", "java.vm.version", "os.arch")) {
            all.add(System.getProperty(property, ""));
        }
        try {
            all.add(Files.getLastModifiedTime(Path.of(System.getProperty("java.home"), "lib", "modules"))
                    .toString());
        } catch (IOException e) {
            // A JDK that is built in another way.
        }
        return HexFormat.of().toHexDigits(hash(all, 0xcbf29ce484222325L))
                + HexFormat.of().toHexDigits(hash(all, 0x84222325cbf29ce4L));
    }

    /** FNV-1a, of 64 bits. The JDK's digests would cost the first start of a program 20 ms. */
    private static long hash(List<String> words, long from) {
        long hash = from;
        for (String word : words) {
            for (int i = 0; i < word.length(); i++) {
                hash = (hash ^ word.charAt(i)) * 0x100000001b3L;
            }
            hash = (hash ^ 0xFFFF) * 0x100000001b3L; // an end, which no word contains
        }
        return hash;
    }

    /** The cache of this key, if there is one. */
    Optional<Path> find(String key) {
        try {
            var file = file(key);
            return isUsable() && Files.size(file) > 0 ? Optional.of(file) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private Path file(String key) {
        return path.resolve(key + SUFFIX);
    }

    private boolean isUsable() {
        var known = usable;
        if (known == null) {
            known = isPrivate();
            usable = known;
        }
        return known;
    }

    private boolean isPrivate() {
        try {
            if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
                Files.createDirectories(
                        path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            }
            var others = Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS);
            var owner = Files.getOwner(path, LinkOption.NOFOLLOW_LINKS).getName();
            return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)
                    && owner.equals(System.getProperty("user.name"))
                    && !others.contains(PosixFilePermission.GROUP_WRITE)
                    && !others.contains(PosixFilePermission.OTHERS_WRITE);
        } catch (IOException | RuntimeException e) {
            return false; // it cannot be made, or is on a system without such permissions
        }
    }

    /**
     * The right to make the cache of this key; empty where there is one, or somebody makes one, or none can be made here.
     */
    Optional<Place> take(String key) {
        if (!isUsable() || isThere(key)) {
            return Optional.empty();
        }
        try {
            var channel = FileChannel.open(
                    path.resolve("lock"),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE,
                    LinkOption.NOFOLLOW_LINKS);
            var lock = lock(channel);
            if (lock.isPresent() && !isThere(key)) { // looked at again: somebody may have made it meanwhile
                return Optional.of(new Place(file(key), channel));
            }
            channel.close(); // and with it the lock
        } catch (IOException e) {
            // Full, or read only.
        }
        return Optional.empty();
    }

    private static Optional<FileLock> lock(FileChannel channel) throws IOException {
        try {
            return Optional.ofNullable(channel.tryLock());
        } catch (OverlappingFileLockException e) {
            return Optional.empty(); // another pool of this program
        }
    }

    /** Also keeps the cache from being the oldest. */
    private boolean isThere(String key) {
        var file = file(key);
        try {
            long now = Ticks.wallMillis();
            boolean old = now - Files.getLastModifiedTime(file).toMillis() > DAY_MILLIS;
            if (old && Files.size(file) == 0) {
                return false;
            }
            if (old) {
                Files.setLastModifiedTime(file, FileTime.fromMillis(now));
            }
            return true;
        } catch (IOException e) {
            return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
        }
    }

    /** A worker that had this cache did not start: it may be the cache. */
    void distrust(String key) {
        try {
            if (isUsable()) {
                Files.deleteIfExists(file(key));
            }
        } catch (IOException e) {
            // Then it costs the next worker too, until the pool gives up; it says why.
        }
    }

    /** Where a cache is being made; for one thread. */
    final class Place {
        private final Path cache;
        private final FileChannel lock;

        Place(Path cache, FileChannel lock) {
            this.cache = cache;
            this.lock = lock;
            clean(); // of somebody who was killed
        }

        Path temporary() {
            return path.resolve(MAKING);
        }

        /** It is there, or could not be made, or was not to be finished. */
        void finish(boolean made, boolean tried) {
            try {
                if (made && Files.size(temporary()) > 0) {
                    Files.move(temporary(), cache, StandardCopyOption.ATOMIC_MOVE);
                    tidy();
                } else if (tried) {
                    Files.write(cache, new byte[0]);
                }
            } catch (IOException e) {
                // The disk is full, or the folder was removed.
            } finally {
                clean();
                release();
            }
        }

        private void clean() {
            for (String suffix : List.of("", ".config")) {
                try {
                    Files.deleteIfExists(path.resolve(MAKING + suffix));
                } catch (IOException e) {
                    // The next one tries again.
                }
            }
        }

        private void release() {
            try {
                lock.close();
            } catch (IOException e) {
                // It ends with this program.
            }
        }
    }

    private record Kept(Path file, long bytes, FileTime changed) {}

    /** The newest stay. Those that are in use stay in the memory of who uses them. */
    private void tidy() throws IOException {
        var all = new ArrayList<Kept>();
        try (var files = Files.newDirectoryStream(path, "*" + SUFFIX)) {
            for (var file : files) {
                all.add(new Kept(file, Files.size(file), Files.getLastModifiedTime(file)));
            }
        }
        all.sort((one, other) -> other.changed.compareTo(one.changed));
        long bytes = 0;
        for (int i = 0; i < all.size(); i++) {
            bytes += all.get(i).bytes;
            if (i >= MOST_CACHES || bytes > MOST_BYTES) {
                Files.deleteIfExists(all.get(i).file);
            }
        }
    }
}
