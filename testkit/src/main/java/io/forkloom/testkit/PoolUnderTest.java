package io.forkloom.testkit;

import io.forkloom.TaskPool;
import java.time.Duration;

/** What the contract suites ask of a kind of pool. */
public interface PoolUnderTest {
    /** What a test wants of its pool. */
    record Setup(int workers, int queue, Duration drain) {}

    /** A new pool, which the test closes. */
    TaskPool open(Setup setup);

    default TaskPool open(int workers) {
        return open(workers, 256);
    }

    default TaskPool open(int workers, int queue) {
        return open(new Setup(workers, queue, Duration.ofSeconds(30)));
    }

    /** Rounds of 64 tasks each in races between cancel and completion; a race may cost a worker. */
    default int rounds() {
        return 200;
    }
}
