package io.forkloom.internal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.forkloom.internal.dispatch.Staffing.Lifetime;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class StaffTest {
    private static final Lifetime LIMITED = new Lifetime(10, 0);

    private static Staff<String> staff(int least, int most, int spares) {
        return new Staff<>(new Staffing(least, most, spares, Duration.ZERO, LIMITED));
    }

    @Test
    void a_worker_that_is_due_serves_until_another_is_ready_and_it_has_nothing_to_do() {
        var staff = staff(1, 1, 0);
        staff.ready("old");
        assertThat(staff.enlist()).contains("old");
        assertThat(staff.wanted()).isEqualTo(1);
        assertThat(staff.due("old")).isTrue();
        assertThat(staff.due("old")).isFalse();
        assertThat(staff.wanted()).isEqualTo(2);
        assertThat(staff.relieve(worker -> true)).isEmpty();
        assertThat(staff.isLeaving("old")).isFalse();
        staff.ready("new");
        assertThat(staff.enlist()).isEmpty();
        assertThat(staff.isLeaving("old")).isTrue();
        assertThat(staff.relieve(worker -> false)).isEmpty();
        assertThat(staff.relieve(worker -> true)).contains("old");
        assertThat(staff.enlist()).contains("new");
        assertThat(staff.wanted()).isEqualTo(1);
    }

    @Test
    void a_spare_takes_the_place_of_a_worker_that_leaves() {
        var staff = staff(1, 1, 1);
        assertThat(staff.wanted()).isEqualTo(2);
        staff.ready("first");
        staff.ready("spare");
        assertThat(staff.enlist()).contains("first");
        assertThat(staff.enlist()).isEmpty();
        staff.leave("first");
        assertThat(staff.enlist()).contains("spare");
        assertThat(staff.wanted()).isEqualTo(2);
    }

    @Test
    void when_a_worker_leaves_that_was_due_nobody_is_to_follow_it() {
        var staff = staff(2, 2, 0);
        staff.ready("first");
        staff.ready("second");
        staff.enlist();
        staff.enlist();
        staff.due("first");
        staff.leave("first");
        assertThat(staff.wanted()).isEqualTo(2);
        staff.ready("third");
        assertThat(staff.enlist()).contains("third");
        assertThat(staff.relieve(worker -> true)).isEmpty();
    }

    @Test
    void one_is_added_at_a_time_and_not_before_the_last_one_serves() {
        var staff = staff(1, 3, 0);
        assertThat(staff.grow()).isFalse();
        staff.ready("first");
        staff.enlist();
        assertThat(staff.grow()).isTrue();
        assertThat(staff.grow()).isFalse();
        assertThat(staff.wanted()).isEqualTo(2);
        staff.ready("second");
        staff.enlist();
        assertThat(staff.canShrink()).isTrue();
        staff.dismiss("first");
        assertThat(staff.canShrink()).isFalse();
        assertThat(staff.wanted()).isEqualTo(1);
    }

    @Test
    void a_pool_that_closes_relieves_nobody_and_neither_grows_nor_shrinks() {
        var staff = staff(1, 3, 0);
        staff.ready("first");
        staff.enlist();
        staff.grow();
        staff.ready("second");
        staff.enlist();
        staff.due("first");
        staff.freeze();
        staff.ready("late");
        assertThat(staff.relieve(worker -> true)).isEmpty();
        assertThat(staff.due("second")).isFalse();
        assertThat(staff.grow()).isFalse();
        assertThat(staff.canShrink()).isFalse();
        staff.leave("first");
        assertThat(staff.enlist()).contains("late");
    }

    /** Drives a staff as a pool does: as many workers as are wanted become ready, and any of them may leave. */
    private static final class Pool {
        final Staffing staffing;
        final Staff<Integer> staff;
        final Set<Integer> starting = new LinkedHashSet<>();
        final Set<Integer> spares = new HashSet<>();
        final Set<Integer> serving = new LinkedHashSet<>();
        int hired;

        Pool(Staffing staffing) {
            this.staffing = staffing;
            this.staff = new Staff<>(staffing);
        }

        void step(int number) {
            fill();
            int pick = number / 8;
            switch (number % 8) {
                case 0, 1, 2 -> ready(pick);
                case 3 -> leave(pick);
                case 4 -> pick(serving, pick).ifPresent(staff::due);
                case 5 -> {
                    staff.grow();
                    enlist();
                }
                case 6 -> dismiss(pick);
                default -> relieve(pick);
            }
            fill();
        }

        private void fill() {
            while (starting.size() + spares.size() + serving.size() < staff.wanted()) {
                starting.add(hired++);
            }
        }

        private void ready(int pick) {
            pick(starting, pick).ifPresent(worker -> {
                starting.remove(worker);
                spares.add(worker);
                staff.ready(worker);
                enlist();
            });
        }

        private void leave(int pick) {
            pick(serving, pick).ifPresent(worker -> {
                serving.remove(worker);
                staff.leave(worker);
                enlist();
            });
        }

        private void dismiss(int pick) {
            if (staff.canShrink()) {
                pick(serving, pick).ifPresent(worker -> {
                    serving.remove(worker);
                    staff.dismiss(worker);
                });
            }
        }

        private void relieve(int pick) {
            int before = serving.size();
            staff.relieve(worker -> worker % 3 == pick % 3).ifPresent(worker -> {
                assertThat(serving.remove(worker)).isTrue();
                enlist();
                assertThat(serving).as("somebody takes its place at once").hasSize(before);
            });
        }

        private void enlist() {
            for (var worker = staff.enlist(); worker.isPresent(); worker = staff.enlist()) {
                assertThat(spares.remove(worker.get())).isTrue();
                serving.add(worker.get());
            }
        }

        void check() {
            assertThat(staff.target()).isBetween(staffing.least(), staffing.most());
            assertThat(serving).hasSizeLessThanOrEqualTo(staff.target());
            assertThat(staff.spares()).isEqualTo(spares.size());
            assertThat(staff.wanted())
                    .isBetween(staff.target() + staffing.spares(), Math.min(staffing.slots(), staff.target() + 2));
            if (serving.size() < staff.target()) {
                assertThat(spares).as("a place is open, and somebody stands by").isEmpty();
            }
        }

        private static Optional<Integer> pick(Set<Integer> from, int number) {
            return from.isEmpty()
                    ? Optional.empty()
                    : from.stream().skip(number % from.size()).findFirst();
        }
    }

    @Property
    void whatever_happens_no_more_serve_than_there_are_to_be_and_no_spare_stands_by_in_vain(
            @ForAll @Size(max = 200) List<@IntRange(max = 799) Integer> numbers,
            @ForAll @IntRange(min = 1, max = 3) int least,
            @ForAll @IntRange(max = 3) int more,
            @ForAll @IntRange(max = 2) int spares) {
        var pool = new Pool(new Staffing(least, least + more, spares, Duration.ZERO, LIMITED));
        for (int number : numbers) {
            pool.step(number);
            pool.check();
        }
    }
}
