package io.forkloom.cli.crawl;

import static org.assertj.core.api.Assertions.assertThat;

import io.forkloom.cli.crawl.journal.Counts;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class SummaryTest {

    private static Summary summary(int completed, int crashed, int failed) {
        return summary(completed, crashed, failed, 0, false);
    }

    private static Summary summary(long completed, long crashed, long failed, long waiting, boolean interrupted) {
        var failures = new LinkedHashMap<String, Long>();
        failures.put("Failed", failed);
        failures.put("Crashed", crashed);
        failures.values().removeIf(count -> count == 0);
        long read = completed + crashed + failed + waiting;
        var counts = new Counts(read, read, waiting, completed, failures, Map.of());
        return new Summary(counts, 0, interrupted, Duration.ofSeconds(2), 0.01);
    }

    @Test
    void the_exit_code_says_whether_all_some_or_none_was_done() {
        assertThat(summary(3, 0, 0).exitCode()).isZero();
        assertThat(summary(2, 1, 0).exitCode()).isEqualTo(1);
        assertThat(summary(0, 1, 2).exitCode()).isEqualTo(3);
        assertThat(summary(0, 0, 0).exitCode()).as("nothing to do is done").isZero();
        assertThat(summary(5, 0, 0, 3, true).exitCode()).isEqualTo(130);
    }

    @Test
    void words_and_json_account_for_every_input() {
        assertThat(summary(300, 1, 2).words())
                .isEqualTo("303 read: 300 done, 3 failed (2 Failed, 1 Crashed), 2.0 s, 150/s");
        assertThat(summary(6, 0, 0, 3, true).words()).isEqualTo("9 read: 6 done, 0 failed, 3 waiting, 2.0 s, 3/s");
        var json = JsonMapper.shared().readTree(summary(300, 1, 2).json());
        assertThat(json.get("read").longValue()).isEqualTo(303);
        assertThat(json.get("done").longValue()).isEqualTo(300);
        assertThat(json.get("failed").longValue()).isEqualTo(3);
        assertThat(json.get("outcomes").get("Crashed").longValue()).isEqualTo(1);
        assertThat(json.get("outcomes").get("NotStarted").longValue()).isZero();
        assertThat(json.get("outcomes").size()).isEqualTo(7);
    }
}
