package io.forkloom.testkit;

import io.forkloom.ProcessPoolConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchService;

/** Holds worker JVMs at their very start, before their main class: HotSpot waits while a file of its own exists. */
final class Pause implements AutoCloseable {
    private final Path file;
    private final WatchService watch;

    Pause(Path folder) throws IOException {
        file = folder.resolve("paused");
        watch = folder.getFileSystem().newWatchService();
        folder.register(watch, StandardWatchEventKinds.ENTRY_CREATE);
    }

    void into(ProcessPoolConfig config) {
        config.jvmOptions("-XX:+UnlockDiagnosticVMOptions", "-XX:+PauseAtStartup", "-XX:PauseAtStartupFile=" + file);
    }

    /** Waits until a worker pauses; of whatever program. */
    void awaitFile() throws InterruptedException {
        while (!Files.exists(file)) {
            var key = watch.take();
            key.pollEvents();
            key.reset();
        }
    }

    /** Waits until a worker of this program pauses; gives its pid. */
    long await() throws InterruptedException {
        awaitFile();
        return ProcessHandle.current()
                .children()
                .filter(child -> child.info().command().orElse("").endsWith("java"))
                .mapToLong(ProcessHandle::pid)
                .max()
                .orElseThrow();
    }

    /** The worker goes on. */
    void release() throws IOException {
        Files.deleteIfExists(file);
    }

    @Override
    public void close() throws IOException {
        release();
        watch.close();
    }
}
