package io.forkloom.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class LedgerTest {
    @TempDir
    Path folder;

    @Test
    void what_one_side_claims_the_other_side_sees_as_started() throws IOException {
        var pool = Ledger.create(folder.resolve("ledger"));
        var worker = Ledger.open(folder.resolve("ledger"));
        assertThat(worker.claim(1)).isTrue();
        assertThat(worker.claim(2)).isTrue();
        assertThat(pool.withdraw(6)).isEqualTo(3);
        assertThat(worker.claim(3)).isFalse();
        assertThat(worker.claim(5)).isFalse();
        assertThat(worker.claim(6)).isTrue();
    }

    @Test
    void the_last_words_of_a_worker_outlive_it() throws IOException {
        var pool = Ledger.create(folder.resolve("ledger"));
        assertThat(pool.announced()).isEqualTo(Ledger.End.NONE);
        Ledger.open(folder.resolve("ledger")).announce(Ledger.End.OUT_OF_MEMORY);
        assertThat(pool.announced()).isEqualTo(Ledger.End.OUT_OF_MEMORY);
    }

    @Test
    void every_ticket_is_either_claimed_or_withdrawn_and_never_both() throws Exception {
        var pool = Ledger.create(folder.resolve("ledger"));
        var worker = Ledger.open(folder.resolve("ledger"));
        long tickets = 300_000;
        var sent = new AtomicLong();
        Set<Long> claimed = new HashSet<>();
        var claiming = Thread.ofPlatform().start(() -> {
            for (long ticket = 1; ticket <= tickets; ticket++) {
                while (sent.get() < ticket) {
                    Thread.onSpinWait();
                }
                if (worker.claim(ticket)) {
                    claimed.add(ticket);
                }
            }
        });
        Set<Long> withdrawn = new HashSet<>();
        for (long last = 30; last <= tickets; last += 30) {
            sent.set(last);
            for (long ticket = pool.withdraw(last + 1); ticket <= last; ticket++) {
                withdrawn.add(ticket);
            }
        }
        claiming.join();
        assertThat(Collections.disjoint(claimed, withdrawn)).isTrue();
        assertThat(claimed.size() + withdrawn.size()).isEqualTo((int) tickets);
    }
}
