package io.forkloom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.forkloom.internal.supervise.ResourceSource.Asker;
import io.forkloom.internal.wire.Payload;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BroadcastsSentTest {
    private static final Payload PAYLOAD = Payload.of(new byte[] {1, 2, 3});

    private final BroadcastsSent broadcasts = new BroadcastsSent("p");
    private final List<Long> forgotten = new ArrayList<>();
    private final Asker asker = forgotten::add;
    private final Asker other = forgotten::add;

    @Test
    void numbers_that_no_broadcast_has_had_are_not_served() {
        var first = broadcasts.add("value", PAYLOAD);
        assertThat(broadcasts.fetch(1, asker)).isSameAs(PAYLOAD);
        for (long number : new long[] {0, 2, -1, Long.MAX_VALUE, Long.MIN_VALUE}) {
            assertThatThrownBy(() -> broadcasts.fetch(number, asker))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("pool p has never had a broadcast " + number);
        }
        first.close();
        assertThatThrownBy(() -> broadcasts.fetch(1, asker))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("broadcast 1 of pool p was closed");
    }

    @Test
    void who_has_a_copy_is_told_once_and_nobody_else() {
        var first = broadcasts.add("first", PAYLOAD);
        var second = broadcasts.add("second", PAYLOAD);
        broadcasts.fetch(1, asker);
        broadcasts.fetch(1, asker); // a thing that was fetched twice is forgotten once
        broadcasts.fetch(2, other);
        first.close();
        first.close();
        assertThat(forgotten).containsExactly(1L);
        second.close();
        assertThat(forgotten).containsExactly(1L, 2L);
    }

    @Test
    void a_worker_that_is_gone_is_not_held() throws Exception {
        var first = broadcasts.add("first", PAYLOAD);
        var gone = fetchedBySomebody();
        for (int i = 0; i < 50 && gone.get() != null; i++) {
            System.gc();
        }
        assertThat(gone.get()).isNull();
        first.close();
        assertThat(forgotten).isEmpty();
    }

    /** In a method of its own, so that nothing is left of it on the stack. */
    private WeakReference<Asker> fetchedBySomebody() {
        var somebody = new Asker() {
            @Override
            public void forget(long broadcast) {
                forgotten.add(broadcast);
            }
        };
        broadcasts.fetch(1, somebody);
        return new WeakReference<>(somebody);
    }
}
