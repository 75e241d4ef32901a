package io.forkloom.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.forkloom.Outcome.OutOfMemory;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** A kernel that has no memory left for a control group, and kills the largest process in it. */
class KernelIT extends FaultCase {
    /** Enough for the program and a worker, and less than what a task then takes. */
    private static final long LIMIT = 400L << 20;

    static final class Crowded {
        public static void main(String[] args) throws Exception {
            try (var pool = open(1, c -> c.jvmOptions("-XX:MaxDirectMemorySize=2g"))) {
                switch (pool.submit(KernelIT::take, 1 << 30).await()) {
                    case OutOfMemory<?> ended -> System.out.println(ended.kind() + " " + ended.exit());
                    case Object other -> System.out.println(other);
                }
                System.out.println("then " + pool.call(Work::square, 3));
            }
        }
    }

    static int take(int bytes) {
        var buffer = ByteBuffer.allocateDirect(bytes);
        for (int at = 0; at < buffer.capacity(); at += 4096) {
            buffer.put(at, (byte) 1); // until then the kernel has given nothing
        }
        return buffer.capacity();
    }

    @Test
    void a_worker_that_the_kernel_kills_for_memory_is_out_of_memory_and_replaced() throws Exception {
        var group = ControlGroup.of(LIMIT);
        assumeTrue(group.isPresent(), "a control group can be made: that takes root, and cgroups that can be written");
        try (var crowded = group.orElseThrow()) {
            var lines = Programs.outputOf(Programs.startWithin(crowded, Crowded.class));
            assertThat(lines).hasSize(2);
            assertThat(lines.getFirst()).startsWith("the kernel's").contains("137");
            assertThat(lines.getLast()).isEqualTo("then 9");
        }
    }
}
