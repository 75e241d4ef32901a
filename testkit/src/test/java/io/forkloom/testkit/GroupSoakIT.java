package io.forkloom.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Some of the soak of groups; {@code make group-soak} for more. */
@Timeout(180)
class GroupSoakIT extends NothingLeft {
    @Test
    void groups_cancelled_at_random_points_leave_no_thread_no_task_and_no_lost_error() throws InterruptedException {
        long seed = Long.getLong("forkloom.seed", System.nanoTime());
        assertThat(GroupSoak.run(seed, 200)).as("seed %s", seed).isEmpty();
    }
}
