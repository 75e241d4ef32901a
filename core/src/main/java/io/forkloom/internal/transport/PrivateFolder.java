package io.forkloom.internal.transport;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A folder of mode 0700 for the moment in which a worker connects. Its name holds the pid, the start time and the pid
 * namespace of its owner, so that a later pool can tell the remains of a killed program from a folder in use, and sweep
 * them. Two containers may share a folder for temporary files, and do not see each other's processes.
 */
final class PrivateFolder implements AutoCloseable {
    /** {@code sun_path} holds 108 bytes on Linux, with a zero at the end; longer paths cannot be bound. */
    private static final int LONGEST_SOCKET_PATH = 107;

    private static final String SOCKET = "s";
    private static final String LEDGER = "ledger";
    private static final String ARGUMENTS = "arguments";
    private static final String JAR = "forkloom.jar";

    private final Path path;

    private PrivateFolder(Path path) {
        this.path = path;
    }

    static PrivateFolder create() throws IOException {
        var self = ProcessHandle.current();
        String name =
                "forkloom-" + self.pid() + "-" + startOf(self).orElse(0L) + "-" + namespace() + "-" + Secrets.digits(8);
        var path = place(name).resolve(name);
        Files.createDirectory(path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        return new PrivateFolder(path);
    }

    Path socket() {
        return path.resolve(SOCKET);
    }

    Path ledger() {
        return path.resolve(LEDGER);
    }

    Path arguments() {
        return path.resolve(ARGUMENTS);
    }

    Path jar() {
        return path.resolve(JAR);
    }

    @Override
    public void close() throws IOException {
        remove(path);
    }

    /** Removes what programs that are gone have left; what cannot be removed is somebody else's. */
    static void sweep() {
        try (var found = Files.newDirectoryStream(place("forkloom-"), PrivateFolder::isNamed)) {
            for (Path each : found) {
                if (Files.isDirectory(each, LinkOption.NOFOLLOW_LINKS) && isOurs(each) && isAbandoned(each)) {
                    removeQuietly(each);
                }
            }
        } catch (IOException | RuntimeException e) {
            // The folder for temporary files cannot be listed: create() will say so, with its path. Whatever others put
            // there must not keep a pool from opening.
        }
    }

    /** No glob: the pattern that it becomes would cost a program's start some milliseconds. */
    private static boolean isNamed(Path file) {
        return file.getFileName().toString().startsWith("forkloom-");
    }

    private static boolean isOurs(Path folder) throws IOException {
        return Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS).getName().equals(System.getProperty("user.name"));
    }

    /** Loaded where there is such a folder. */
    private static final class Name {
        static final Pattern PATTERN = Pattern.compile("forkloom-(\\d{1,18})-(\\d{1,18})-(\\d{1,18})-[0-9a-f]{16}");
    }

    private static boolean isAbandoned(Path folder) {
        var name = Name.PATTERN.matcher(folder.getFileName().toString());
        if (!name.matches() || Long.parseLong(name.group(3)) != namespace()) {
            return false;
        }
        long start = Long.parseLong(name.group(2));
        // A pid is used again; with another start time it is another program.
        return ProcessHandle.of(Long.parseLong(name.group(1)))
                .flatMap(PrivateFolder::startOf)
                .map(actual -> actual != start)
                .orElse(true);
    }

    private static Optional<Long> startOf(ProcessHandle process) {
        return process.info().startInstant().map(java.time.Instant::toEpochMilli);
    }

    /** The number of the pid namespace, from a link like {@code pid:[4026531836]}; 0 where there is no such thing. */
    private static long namespace() {
        try {
            String link = Files.readSymbolicLink(Path.of("/proc/self/ns/pid")).toString();
            return Long.parseLong(link.substring(link.indexOf('[') + 1, link.indexOf(']')));
        } catch (IOException | RuntimeException e) {
            return 0;
        }
    }

    private static Path place(String name) throws IOException {
        var configured = Path.of(System.getProperty("java.io.tmpdir")).toAbsolutePath();
        for (Path place : new Path[] {configured, Path.of("/tmp")}) {
            if (place.resolve(name).resolve(SOCKET).toString().getBytes(java.nio.charset.StandardCharsets.UTF_8).length
                            <= LONGEST_SOCKET_PATH
                    && Files.isDirectory(place)) {
                return place;
            }
        }
        throw new IOException("no folder for a socket: " + configured
                + " does not exist, or its path is too long (a socket's path has at most " + LONGEST_SOCKET_PATH
                + " bytes); set java.io.tmpdir to a short path");
    }

    private static void removeQuietly(Path folder) {
        try {
            remove(folder);
        } catch (IOException e) {
            // Another user's, or swept by somebody else at the same time.
        }
    }

    /** By name, so that nothing else is ever removed, and no descriptor is needed. */
    private static void remove(Path folder) throws IOException {
        Files.deleteIfExists(folder.resolve(SOCKET));
        Files.deleteIfExists(folder.resolve(LEDGER));
        Files.deleteIfExists(folder.resolve(ARGUMENTS));
        Files.deleteIfExists(folder.resolve(JAR));
        Files.deleteIfExists(folder);
    }
}
