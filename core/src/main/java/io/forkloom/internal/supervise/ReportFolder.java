package io.forkloom.internal.supervise;

import io.forkloom.event.WorkerExit;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Keeps files about the ends of workers: a report for each, and the heap dump of one whose heap was full. When there are
 * too many, or they are too large together, the oldest go; files of other names are never touched.
 *
 * @param mostBytes of all files together
 */
public record ReportFolder(Path path, int most, long mostBytes) {
    private static final String OURS = "forkloom-{worker,heap}-*";

    private record Kept(Path file, long size, FileTime written) {}

    /** For the worker's JVM: where to leave its heap when it is full. The JVM puts the pid for %p. */
    String heapDump() {
        return path.resolve("forkloom-heap-%p.hprof").toString();
    }

    /** Writes the report; the files that there are about this worker. Never fails: a full disk costs the file only. */
    synchronized List<Path> keep(WorkerExit exit, String report) {
        var files = new ArrayList<Path>();
        try {
            var file = path.resolve("forkloom-worker-" + exit.worker() + "-pid" + exit.pid() + ".txt");
            Files.deleteIfExists(file); // of an earlier process with the same pid
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(file, exit + report, StandardOpenOption.WRITE);
            files.add(file);
        } catch (IOException e) {
            System.getLogger("io.forkloom")
                    .log(System.Logger.Level.WARNING, "a report could not be written to " + path + ": " + e);
        }
        var dump = path.resolve("forkloom-heap-" + exit.pid() + ".hprof");
        if (Files.isRegularFile(dump, LinkOption.NOFOLLOW_LINKS)) {
            files.add(dump);
        }
        try {
            tidy();
        } catch (IOException e) {
            // Then it is tidied up the next time.
        }
        files.removeIf(file -> !Files.exists(file, LinkOption.NOFOLLOW_LINKS));
        return List.copyOf(files);
    }

    private void tidy() throws IOException {
        var kept = new ArrayList<Kept>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(path, OURS)) {
            for (Path file : files) {
                kept.add(new Kept(file, Files.size(file), Files.getLastModifiedTime(file)));
            }
        }
        kept.sort(Comparator.comparing(Kept::written));
        long bytes = kept.stream().mapToLong(Kept::size).sum();
        int count = kept.size();
        for (var oldest : kept) {
            if (count <= most && bytes <= mostBytes) {
                return;
            }
            Files.deleteIfExists(oldest.file);
            bytes -= oldest.size;
            count--;
        }
    }
}
