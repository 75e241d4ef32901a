package io.forkloom.internal.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import io.forkloom.event.WorkerId;
import io.forkloom.internal.supervise.Slots.Death;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SlotsTest {
    private static Slots slots(int count, int failures) {
        return new Slots(count, new RestartBudget(failures, Duration.ofSeconds(10), Duration.ofSeconds(60)));
    }

    @Test
    void as_many_are_started_as_are_wanted_and_have_a_slot() {
        var slots = slots(2, 5);
        assertThat(slots.start(1)).contains(new WorkerId(0, 1));
        assertThat(slots.start(1)).isEmpty();
        assertThat(slots.start(3)).contains(new WorkerId(1, 1));
        assertThat(slots.start(3)).isEmpty();
        assertThat(slots.started()).isEqualTo(2);
    }

    @Test
    void one_that_retires_is_not_counted_but_keeps_its_slot() {
        var slots = slots(2, 5);
        var first = slots.start(1).orElseThrow();
        slots.ready(first);
        slots.retire(first);
        assertThat(slots.start(1)).contains(new WorkerId(1, 1));
        assertThat(slots.start(2)).isEmpty();
        assertThat(slots.gone(first, Death.FOR_NOTHING, 0))
                .as("the end that was asked for")
                .isEmpty();
        assertThat(slots.start(2)).contains(new WorkerId(0, 2));
    }

    @Test
    void the_end_of_a_condemned_worker_is_no_failure_and_its_slot_is_free_before() {
        var slots = slots(1, 0);
        var first = slots.start(1).orElseThrow();
        slots.condemn(first);
        assertThat(slots.start(1)).contains(new WorkerId(0, 2));
        assertThat(slots.gone(first, Death.FOR_NOTHING, 0)).isEmpty();
    }

    @Test
    void a_slot_that_rests_after_failures_is_not_replaced_by_another() {
        var slots = slots(2, 5);
        assertThat(slots.notStarted(slots.start(1).orElseThrow(), Death.FOR_NOTHING, 0)
                        .delay())
                .hasValue(0);
        var failure = slots.notStarted(slots.start(1).orElseThrow(), Death.FOR_NOTHING, 0);
        assertThat(failure.delay().orElseThrow()).isPositive();
        assertThat(slots.start(1)).isEmpty();
        slots.rested(failure.slot());
        assertThat(slots.start(1)).contains(new WorkerId(0, 3));
    }

    @Test
    void a_worker_that_is_not_ready_dies_as_a_failed_start_and_an_idle_one_for_nothing() {
        var slots = slots(1, 0);
        var first = slots.start(1).orElseThrow();
        slots.ready(first);
        assertThat(slots.gone(first, Death.AT_WORK, 0)).isEmpty();
        var second = slots.start(1).orElseThrow();
        assertThat(slots.gone(second, Death.FOR_NOTHING, 0).orElseThrow().delay())
                .isEmpty();
        assertThat(slots.failures()).isEqualTo("1 start in a row failed, within 0 s");
    }

    @Test
    void a_start_without_room_is_no_failed_start_and_its_slot_rests() {
        var slots = slots(1, 0);
        var failure = slots.notStarted(slots.start(1).orElseThrow(), Death.SHORTAGE, 0);
        assertThat(failure.delay().orElseThrow()).isPositive();
        assertThat(slots.start(1)).isEmpty();
        slots.rested(failure.slot());
        var second = slots.start(1).orElseThrow();
        assertThat(slots.gone(second, Death.SHORTAGE, 1).orElseThrow().delay()).isPresent();
    }

    @Test
    void the_larger_worker_has_a_slot_of_its_own() {
        var slots = slots(1, 5);
        assertThat(slots.start(1)).contains(new WorkerId(0, 1));
        var larger = slots.startLarger().orElseThrow();
        assertThat(larger).isEqualTo(new WorkerId(1, 1));
        assertThat(slots.startLarger()).isEmpty();
        assertThat(slots.start(2)).as("it is no place for another one").isEmpty();
        slots.ready(larger);
        slots.retire(larger);
        assertThat(slots.startLarger()).as("until it has ended").isEmpty();
        assertThat(slots.gone(larger, Death.FOR_NOTHING, 0)).isEmpty();
        assertThat(slots.startLarger()).contains(new WorkerId(1, 2));
    }

    @Test
    void a_larger_worker_that_does_not_come_up_is_given_up_soon_and_the_others_are_not() {
        var slots = slots(1, 0);
        var first = slots.gone(slots.startLarger().orElseThrow(), Death.FOR_NOTHING, 0)
                .orElseThrow();
        assertThat(first.larger()).isTrue();
        assertThat(first.delay()).hasValue(0);
        var second = slots.gone(slots.startLarger().orElseThrow(), Death.FOR_NOTHING, 0)
                .orElseThrow();
        assertThat(second.delay()).isEmpty();
        assertThat(slots.giveUpLarger()).isEqualTo("2 starts in a row failed, within 0 s");
        assertThat(slots.failures()).startsWith("bears 0 failed starts");
        assertThat(slots.startLarger()).as("for a later task").isPresent();
    }

    @Test
    void closed_slots_start_nobody() {
        var slots = slots(1, 5);
        slots.close();
        assertThat(slots.start(1)).isEmpty();
    }
}
