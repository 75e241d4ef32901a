package io.forkloom.internal.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import io.forkloom.internal.supervise.SlotState.Closed;
import io.forkloom.internal.supervise.SlotState.Event;
import io.forkloom.internal.supervise.SlotState.Retiring;
import io.forkloom.internal.supervise.SlotState.Serving;
import io.forkloom.internal.supervise.SlotState.Starting;
import io.forkloom.internal.supervise.SlotState.Vacant;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class SlotStateTest {
    @Test
    void a_slot_is_filled_serves_and_is_vacant_again_when_its_worker_is_gone() {
        SlotState slot = new Vacant(0);
        slot = slot.next(new Event.Start());
        assertThat(slot).isEqualTo(new Starting(1));
        slot = slot.next(new Event.Ready(1));
        assertThat(slot).isEqualTo(new Serving(1));
        slot = slot.next(new Event.Gone(1));
        assertThat(slot).isEqualTo(new Vacant(1));
        assertThat(slot.next(new Event.Start())).isEqualTo(new Starting(2));
    }

    @Test
    void a_condemned_worker_leaves_its_slot_at_once_and_its_late_end_changes_nothing() {
        var vacant = new Serving(1).next(new Event.Condemned(1));
        var successor = vacant.next(new Event.Start());
        assertThat(successor.next(new Event.Gone(1))).isEqualTo(new Starting(2));
    }

    @Test
    void a_worker_that_retires_keeps_its_slot_until_it_is_gone() {
        var retiring = new Serving(1).next(new Event.Retire(1));
        assertThat(retiring).isEqualTo(new Retiring(1));
        assertThat(retiring.isManned()).isFalse();
        assertThat(retiring.next(new Event.Start())).isSameAs(retiring);
        assertThat(retiring.next(new Event.Gone(1))).isEqualTo(new Vacant(1));
    }

    @Test
    void a_slot_that_rests_is_not_filled_before_it_has_rested() {
        var resting = new Vacant(1).next(new Event.Rest());
        assertThat(resting.next(new Event.Start())).isSameAs(resting);
        assertThat(resting.next(new Event.Rested()).next(new Event.Start())).isEqualTo(new Starting(2));
    }

    @Test
    void a_slot_that_was_filled_meanwhile_does_not_rest() {
        assertThat(new Starting(2).next(new Event.Rest()).next(new Event.Rested()))
                .isEqualTo(new Starting(2));
    }

    @Test
    void generations_fit_in_sixteen_bits_and_begin_again_at_one() {
        assertThat(new Vacant(0xFFFF).next(new Event.Start())).isEqualTo(new Starting(1));
    }

    @Property
    void closed_is_final_and_generations_never_go_back(@ForAll("events") List<Event> events) {
        SlotState slot = new Vacant(0);
        boolean closed = false;
        for (var event : events) {
            var next = slot.next(event);
            assertThat(next.generation()).isGreaterThanOrEqualTo(slot.generation());
            closed |= event instanceof Event.Close;
            assertThat(next instanceof Closed).isEqualTo(closed);
            slot = next;
        }
    }

    @Provide
    Arbitrary<List<Event>> events() {
        return Arbitraries.integers()
                .between(0, 53)
                .map(n -> switch (n % 9) {
                    case 0, 1 -> new Event.Start();
                    case 2 -> new Event.Ready(n / 9);
                    case 3 -> new Event.Gone(n / 9);
                    case 4 -> new Event.Condemned(n / 9);
                    case 5 -> new Event.Retire(n / 9);
                    case 6 -> new Event.Rest();
                    case 7 -> new Event.Rested();
                    default -> n == 53 ? new Event.Close() : new Event.Start();
                })
                .map(Event.class::cast)
                .list()
                .ofMaxSize(60);
    }
}
