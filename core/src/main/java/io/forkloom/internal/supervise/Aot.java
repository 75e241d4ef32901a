package io.forkloom.internal.supervise;

import io.forkloom.internal.wire.RemoteCall;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** What the JVM of a worker has to do with AOT caches. */
public sealed interface Aot {
    /** The JVM says nothing of a cache that it cannot use: then it starts as it would without. */
    List<String> SILENT = List.of("-Xlog:aot*=off", "-Xlog:cds*=off");

    /** More options, before the user's own. */
    default List<String> options(WorkerSpec spec) {
        return List.of();
    }

    /** What stands before the command. */
    default List<String> launcher() {
        return List.of();
    }

    /** What a cache for others cannot be used with. */
    default List<String> key() {
        return List.of();
    }

    /** A worker with these options did not start. */
    default void distrust(WorkerSpec spec) {}

    record None() implements Aot {}

    /**
     * The cache in this folder, where there is one for it.
     *
     * @param practice what who makes it does besides rehearsing
     */
    record Use(AotFolder folder, Optional<RemoteCall> practice) implements Aot {
        @Override
        public List<String> options(WorkerSpec spec) {
            var file = spec.aotKey().flatMap(folder::find);
            if (file.isEmpty()) {
                return List.of();
            }
            return List.of("-XX:AOTCache=" + file.get(), SILENT.get(0), SILENT.get(1));
        }

        @Override
        public List<String> key() {
            return practice.map(call ->
                            List.of(hex(call.definition()), hex(call.payload().head())))
                    .orElse(List.of());
        }

        private static String hex(byte[] bytes) {
            return HexFormat.of().formatHex(bytes);
        }

        @Override
        public void distrust(WorkerSpec spec) {
            spec.aotKey().ifPresent(folder::distrust);
        }
    }

    /** At its end it writes this file. */
    record Make(Path file) implements Aot {
        private static final Path NICE = Path.of("/usr/bin/nice");

        @Override
        public List<String> options(WorkerSpec spec) {
            return List.of("-XX:AOTCacheOutput=" + file, SILENT.get(0), SILENT.get(1));
        }

        @Override
        public List<String> launcher() {
            return Files.isExecutable(NICE) ? List.of(NICE.toString(), "-n", "19") : List.of();
        }
    }
}
