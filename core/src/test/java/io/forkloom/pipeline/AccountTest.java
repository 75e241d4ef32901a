package io.forkloom.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class AccountTest {
    private static final StageCounts FETCH = new StageCounts("fetch", 305, 300, 0, 3, 7);

    @Test
    void a_stage_says_what_it_has_done_and_leaves_out_what_did_not_happen() {
        assertThat(FETCH).hasToString("fetch: 305 in, 300 out, 3 failed, 7 retried");
        assertThat(new StageCounts("parse", 4, 2, 2, 0, 0)).hasToString("parse: 4 in, 2 out, 2 busy");
        assertThat(new StageCounts("store", 0, 0, 0, 0, 0)).hasToString("store: 0 in, 0 out");
    }

    @Test
    void an_account_is_a_sentence_that_adds_up() {
        assertThat(new Account(305, 300, 1, 2, 2, List.of(FETCH)))
                .hasToString("305 read: 300 done, 1 skipped, 2 dead, 2 cancelled"
                        + " (fetch: 305 in, 300 out, 3 failed, 7 retried)");
        assertThat(new Account(7, 0, 0, 0, 0, List.of(FETCH, FETCH)))
                .hasToString("7 read: 0 done, 7 under way (" + FETCH + "; " + FETCH + ")");
    }
}
