package io.forkloom.internal.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import io.forkloom.internal.transport.Secrets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class ProcessTreeTest {
    /** With every core busy, a process of low priority that was killed waits for its turn to end. */
    @Test
    void killed_processes_are_gone_even_if_they_get_no_core_to_end_on_at_once() throws Exception {
        String cookie = Secrets.digits(16);
        var children = new ArrayList<Process>();
        var busy = new AtomicBoolean(true);
        var spinners = new ArrayList<Thread>();
        try {
            for (int i = 0; i < 20; i++) {
                var builder = new ProcessBuilder("chrt", "--idle", "0", "sleep", "1000");
                builder.environment().put(ProcessTree.VARIABLE, cookie);
                children.add(builder.start());
            }
            for (int i = 0; i < 2 * Runtime.getRuntime().availableProcessors(); i++) {
                spinners.add(Thread.ofPlatform().daemon().start(() -> {
                    while (busy.get()) {
                        Thread.onSpinWait();
                    }
                }));
            }
            ProcessTree.kill(cookie);
            assertThat(children).noneMatch(child -> carries(child.pid(), cookie));
        } finally {
            busy.set(false);
            for (var spinner : spinners) {
                spinner.join();
            }
            children.forEach(Process::destroyForcibly);
        }
    }

    private static boolean carries(long pid, String cookie) {
        try {
            return Files.readString(Path.of("/proc/" + pid + "/environ")).contains(cookie);
        } catch (java.io.IOException e) {
            return false;
        }
    }
}
