package io.forkloom.cli.crawl;

import static org.assertj.core.api.Assertions.assertThat;

import io.forkloom.cli.crawl.view.Snapshot;
import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class SummaryTest {

    private static Summary summary(int completed, int crashed, int failed) {
        var tally = new Tally();
        tally.count(Tally.COMPLETED, completed);
        tally.count("Crashed", crashed);
        tally.count("Failed", failed);
        return new Summary(completed + crashed + failed, tally.snapshot(), false, Duration.ofSeconds(2));
    }

    @Test
    void the_exit_code_says_whether_all_some_or_none_was_done() {
        assertThat(summary(3, 0, 0).exitCode()).isZero();
        assertThat(summary(2, 1, 0).exitCode()).isEqualTo(1);
        assertThat(summary(0, 1, 2).exitCode()).isEqualTo(3);
        assertThat(summary(0, 0, 0).exitCode()).as("nothing to do is done").isZero();
        assertThat(new Summary(5, summary(5, 0, 0).outcomes(), true, Duration.ZERO).exitCode())
                .isEqualTo(130);
    }

    @Test
    void words_and_json_account_for_every_input() {
        assertThat(summary(300, 1, 2).words())
                .isEqualTo("303 read: 300 done, 3 failed (2 Failed, 1 Crashed), 2.0 s, 150/s");
        var json = JsonMapper.shared().readTree(summary(300, 1, 2).json());
        assertThat(json.get("read").longValue()).isEqualTo(303);
        assertThat(json.get("done").longValue()).isEqualTo(300);
        assertThat(json.get("failed").longValue()).isEqualTo(3);
        assertThat(json.get("outcomes").get("Crashed").longValue()).isEqualTo(1);
        assertThat(json.get("outcomes").get("NotStarted").longValue()).isZero();
        assertThat(json.get("outcomes").size()).isEqualTo(7);
    }

    @Test
    void the_progress_line_tells_the_time_left_only_where_the_total_is_known() {
        assertThat(new Snapshot(100, 2, 2, 2, OptionalLong.empty()).line(50))
                .isEqualTo("100 done, 2 failed, 2/2 workers busy, 50/s");
        assertThat(new Snapshot(100, 2, 2, 2, OptionalLong.of(4002)).line(50))
                .isEqualTo("100/4002 done, 2 failed, 2/2 workers busy, 50/s, 1:18 left");
        assertThat(new Snapshot(1L << 60, 1L << 60, 1 << 30, 1 << 30, OptionalLong.of(1L << 61)).line(1e9))
                .hasSizeLessThan(80);
    }
}
