package io.forkloom.internal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.forkloom.internal.dispatch.Recycling.Service;
import io.forkloom.internal.dispatch.Recycling.Verdict;
import io.forkloom.internal.dispatch.Staffing.Lifetime;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RecyclingTest {
    private static final long SECOND = 1_000_000_000;
    private static final long MIB = 1 << 20;

    private static int tasksOf(Recycling recycling, Service service) {
        for (int tasks = 1; ; tasks++) {
            if (recycling.finished(service, 0, 0) == Verdict.DUE) {
                return tasks;
            }
        }
    }

    @Test
    void each_worker_has_a_number_of_tasks_of_its_own_up_to_an_eighth_more() {
        var random = new Random(1);
        var recycling = new Recycling(new Lifetime(80, 0), most -> random.nextLong(most + 1));
        Set<Integer> numbers = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            numbers.add(tasksOf(recycling, recycling.begin(0)));
        }
        assertThat(numbers).hasSize(11).allMatch(number -> number >= 80 && number <= 90);
    }

    @Test
    void the_reason_counts_the_tasks_that_it_has_finished_in_the_end() {
        var recycling = new Recycling(new Lifetime(1_000, 0), most -> 0);
        var service = recycling.begin(0);
        tasksOf(recycling, service);
        assertThat(service.reason()).isEqualTo("recycled after 1,000 tasks");
        recycling.finished(service, 0, 0);
        assertThat(service.reason()).isEqualTo("recycled after 1,001 tasks");
    }

    @Test
    void a_worker_that_has_grown_is_recycled_at_once_and_however_often() {
        var recycling = new Recycling(new Lifetime(0, 700 * MIB), most -> 0);
        for (int i = 0; i < 100; i++) {
            var service = recycling.begin(0);
            assertThat(recycling.finished(service, 700 * MIB, 1)).isEqualTo(Verdict.STAY);
            assertThat(recycling.finished(service, 0, 1)).isEqualTo(Verdict.STAY);
            assertThat(recycling.finished(service, 712 * MIB, 1)).isEqualTo(Verdict.DUE);
            assertThat(service.reason()).isEqualTo("recycled with 712 MiB of memory after 3 tasks");
        }
    }

    @Test
    void workers_that_are_too_large_from_the_first_task_on_are_recycled_more_and_more_seldom_and_that_is_told_once() {
        var recycling = new Recycling(new Lifetime(0, 700 * MIB), most -> 0);
        long now = 0;
        int warnings = 0;
        long[] waits = new long[10];
        for (int i = 0; i < waits.length; i++) {
            var service = recycling.begin(now);
            long from = now;
            for (var verdict = Verdict.STAY; verdict == Verdict.STAY; now += SECOND / 2) {
                verdict = recycling.finished(service, 800 * MIB, now);
                warnings += verdict == Verdict.DUE_IN_VAIN ? 1 : 0;
            }
            waits[i] = (now - SECOND / 2 - from) / SECOND;
        }
        assertThat(waits).containsExactly(0, 1, 2, 4, 8, 16, 32, 60, 60, 60);
        assertThat(warnings).isEqualTo(1);
        assertThat(recycling.warning()).contains("more than the 700 MiB of recycleAbove");
    }

    @Test
    void where_there_is_no_limit_nobody_is_recycled() {
        var recycling = new Recycling(Lifetime.UNLIMITED, most -> 0);
        var service = recycling.begin(0);
        for (int i = 0; i < 1_000; i++) {
            assertThat(recycling.finished(service, 800 * MIB, i)).isEqualTo(Verdict.STAY);
        }
    }
}
