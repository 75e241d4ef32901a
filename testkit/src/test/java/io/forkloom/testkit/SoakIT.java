package io.forkloom.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A few seconds of the soak; {@code make soak} for more. */
@Timeout(180)
class SoakIT {
    @Test
    void under_random_load_and_faults_the_account_is_exact_and_nothing_is_left() throws InterruptedException {
        long seed = Long.getLong("forkloom.seed", System.nanoTime());
        assertThat(Soak.run(seed, Duration.ofSeconds(5))).as("seed %s", seed).isEmpty();
    }
}
