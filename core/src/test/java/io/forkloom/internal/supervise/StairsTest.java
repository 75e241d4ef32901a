package io.forkloom.internal.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class StairsTest {
    private final Stairs stairs = new Stairs(2);

    @Test
    void whoever_asks_first_is_first() {
        var turns = List.of(stairs.turn(), stairs.turn(), stairs.turn(), stairs.turn());
        assertThat(turns).map(Stairs.Turn::hasCome).containsExactly(true, true, false, false);
        turns.get(1).over();
        assertThat(turns.get(2).hasCome()).isTrue();
        assertThat(turns.get(3).hasCome()).isFalse();
        turns.get(0).over();
        assertThat(turns.get(3).hasCome()).isTrue();
    }

    @Test
    void who_is_over_twice_makes_room_once() {
        var turns = List.of(stairs.turn(), stairs.turn(), stairs.turn(), stairs.turn());
        turns.get(0).over();
        turns.get(0).over();
        assertThat(turns.get(2).hasCome()).isTrue();
        assertThat(turns.get(3).hasCome()).isFalse();
    }

    @Test
    void who_is_ended_while_it_waits_is_passed_over_and_waits_no_longer() throws Exception {
        var turns = List.of(stairs.turn(), stairs.turn(), stairs.turn(), stairs.turn());
        var done = new CountDownLatch(1);
        var waiting = new Thread(() -> {
            turns.get(2).await();
            done.countDown();
        });
        waiting.start();
        turns.get(2).over();
        done.await();
        turns.get(0).over();
        assertThat(turns.get(3).hasCome()).isTrue();
    }

    @Test
    void nobody_waits_for_ever_for_one_that_does_not_get_up() {
        var _ = stairs.turn();
        var _ = stairs.turn();
        var third = stairs.turn();
        third.await();
        assertThat(third.hasCome()).isFalse();
    }
}
