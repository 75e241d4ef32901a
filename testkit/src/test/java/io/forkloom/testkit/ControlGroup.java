package io.forkloom.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A control group of the kernel's with a limit on its memory, which a program of a test can be started in. */
final class ControlGroup implements AutoCloseable {
    private static final Path TOP = Path.of("/sys/fs/cgroup");

    private final Path folder;

    private ControlGroup(Path folder) {
        this.folder = folder;
    }

    /** Empty where we may not make one: that takes root, and control groups that can be written to. */
    static Optional<ControlGroup> of(long bytes) {
        String name = "forkloom-" + ProcessHandle.current().pid();
        return first(TOP.resolve("memory").resolve(name), "memory.limit_in_bytes", bytes)
                .or(() -> first(TOP.resolve(name), "memory.max", bytes));
    }

    private static Optional<ControlGroup> first(Path folder, String limit, long bytes) {
        try {
            Files.createDirectory(folder); // the kernel puts its files into it
            Files.writeString(folder.resolve(limit), Long.toString(bytes));
            return Optional.of(new ControlGroup(folder));
        } catch (IOException e) {
            folder.toFile().delete();
            return Optional.empty();
        }
    }

    /** What a process writes its id to, to be in it with all that it starts. */
    Path members() {
        return folder.resolve("cgroup.procs");
    }

    /** Once all of its members have ended. */
    @Override
    public void close() {
        assertThat(folder.toFile().delete()).isTrue();
    }
}
