package io.forkloom.internal.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A machine of 24,684,084 kB, as its kernel's files tell of it. */
class MachineMemoryTest {
    private static final long PHYSICAL = 24_684_084L * 1024;

    @TempDir
    private Path root = Path.of("set by JUnit");

    @BeforeEach
    void write_what_every_machine_has() throws IOException {
        file("proc/meminfo", "MemTotal:       24684084 kB\nMemFree:        22521016 kB\n");
        file("proc/self/cgroup", "0::/\n");
    }

    private void file(String name, String words) throws IOException {
        var path = root.resolve(name);
        Files.createDirectories(path.getParent());
        Files.writeString(path, words);
    }

    @Test
    void without_a_limit_it_is_what_the_machine_has() throws IOException {
        assertThat(MachineMemory.bytes(root)).hasValue(PHYSICAL);
        file("sys/fs/cgroup/memory.max", "max\n");
        assertThat(MachineMemory.bytes(root)).hasValue(PHYSICAL);
    }

    @Test
    void in_a_container_it_is_what_its_group_may_have() throws IOException {
        file("sys/fs/cgroup/memory.max", "1073741824\n");
        assertThat(MachineMemory.bytes(root)).hasValue(1 << 30);
    }

    @Test
    void the_least_of_the_groups_around_counts() throws IOException {
        file("proc/self/cgroup", "0::/batch/job\n");
        file("sys/fs/cgroup/batch/memory.max", "1073741824\n");
        file("sys/fs/cgroup/batch/job/memory.max", "max\n");
        assertThat(MachineMemory.bytes(root)).hasValue(1 << 30);
    }

    @Test
    void a_path_of_the_host_is_looked_for_at_the_top() throws IOException {
        file("proc/self/cgroup", "0::/../docker/4711\n");
        file("sys/fs/cgroup/memory.max", "1073741824\n");
        assertThat(MachineMemory.bytes(root)).hasValue(1 << 30);
    }

    @Test
    void control_groups_of_version_1_count_too() throws IOException {
        file("proc/self/cgroup", "9:name=systemd:/\n4:memory:/batch\n0::/\n");
        file("sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712\n");
        assertThat(MachineMemory.bytes(root)).hasValue(PHYSICAL);
        file("sys/fs/cgroup/memory/batch/memory.limit_in_bytes", "1073741824\n");
        assertThat(MachineMemory.bytes(root)).hasValue(1 << 30);
    }

    @Test
    void elsewhere_nothing_is_known() throws IOException {
        Files.delete(root.resolve("proc/meminfo"));
        assertThat(MachineMemory.bytes(root)).isEmpty();
        file("proc/meminfo", "MemTotal: a lot\n");
        assertThat(MachineMemory.bytes(root)).isEmpty();
    }
}
