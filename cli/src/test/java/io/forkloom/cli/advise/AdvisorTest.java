package io.forkloom.cli.advise;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The decision alone: findings go in, advice comes out. */
class AdvisorTest {
    private static final double MICRO = 1e3;
    private static final double MILLI = 1e6;
    private static final Crossing.Cost SMALL = new Crossing.Cost(80, 80, "", 0, 100 * MICRO);

    private static Subject subject(String... state) {
        return new Subject(
                new Call("com.acme.Work", "f", List.of("int"), List.of("1")),
                List.of("int"),
                "int",
                false,
                List.of(state));
    }

    private static Pace pace(double median, double computing) {
        return new Pace(median, median, median, median, 100, computing, 0, 16);
    }

    private static Advice advise(Subject subject, Pace pace, Crossing.Cost cost) {
        return new Advisor(4).advise(new Findings(subject, Ending.RETURNED, Optional.of(pace), Optional.of(cost)));
    }

    @ParameterizedTest
    @EnumSource(
            value = Ending.Kind.class,
            names = {"CRASHED", "OUT_OF_MEMORY", "TIMED_OUT"})
    void what_ends_its_worker_belongs_in_a_process(Ending.Kind kind) {
        var advice = new Advisor(4)
                .advise(new Findings(
                        subject(), new Ending(kind, "a call did harm"), Optional.empty(), Optional.empty()));

        assertThat(advice.model()).isEqualTo(Model.PROCESS_POOL);
        assertThat(advice.reasons()).first().isEqualTo("A call did harm.");
        assertThat(advice.code().contains("deadline")).isEqualTo(kind == Ending.Kind.TIMED_OUT);
    }

    @Test
    void what_waits_belongs_on_virtual_threads_whatever_its_data() {
        var advice = advise(subject(), pace(20 * MILLI, 0.01), Crossing.Cost.of(-1, "no"));

        assertThat(advice.model()).isEqualTo(Model.VIRTUAL_THREADS);
        assertThat(advice.reasons()).hasSize(1).first().asString().contains("only 1 %");
    }

    @Test
    void what_waits_and_computes_is_worth_splitting() {
        assertThat(advise(subject(), pace(20 * MILLI, 0.4), SMALL).reasons()).anyMatch(each -> each.contains("8 ms"));
        assertThat(advise(subject(), pace(20 * MILLI, 0.7), SMALL))
                .returns(Model.PROCESS_POOL, Advice::model)
                .satisfies(advice -> assertThat(advice.reasons()).anyMatch(each -> each.contains("waits for 30 %")));
    }

    @Test
    void what_is_over_before_it_could_be_sent_is_called_as_it_is() {
        assertThat(advise(subject(), pace(80, 1), SMALL).model()).isEqualTo(Model.PLAIN);
    }

    @Test
    void with_one_processor_nothing_is_gained() {
        var findings = new Findings(subject(), Ending.RETURNED, Optional.of(pace(MILLI, 1)), Optional.of(SMALL));

        assertThat(new Advisor(1).advise(findings).model()).isEqualTo(Model.PLAIN);
    }

    @Test
    void what_has_threads_of_its_own_needs_nobodys() {
        var parallel = new Pace(MILLI, MILLI, MILLI, MILLI, 100, 0.9, 2.5, 16);

        assertThat(advise(subject(), parallel, SMALL).model()).isEqualTo(Model.PLAIN);
    }

    @Test
    void what_cannot_be_serialised_stays_on_threads_and_the_fault_is_told() {
        var advice = advise(subject("cache"), pace(MILLI, 1), Crossing.Cost.of(80, "field `lock` of com.acme.X"));

        assertThat(advice.model()).isEqualTo(Model.THREAD_POOL);
        assertThat(advice.reasons()).anyMatch(each -> each.contains("field `lock` of com.acme.X"));
        assertThat(advice.code()).contains("ThreadPool.open(c -> c.workers(1))");
    }

    @Test
    void large_data_for_little_computing_stays_on_threads() {
        var large = new Crossing.Cost(3_000_000, 80, "", 0, 2 * MILLI);

        assertThat(advise(subject(), pace(2 * MILLI, 1), large).model()).isEqualTo(Model.THREAD_POOL);
        assertThat(advise(subject(), pace(200 * MILLI, 1), large).model()).isEqualTo(Model.PROCESS_POOL);
    }

    @Test
    void static_state_belongs_in_isolates() {
        var advice = advise(subject("buffer", "used"), pace(10 * MILLI, 1), SMALL);

        assertThat(advice.model()).isEqualTo(Model.ISOLATES);
        assertThat(advice.reasons()).anyMatch(each -> each.contains("(buffer, used)"));
    }

    @ParameterizedTest
    @CsvSource({"10000, 1", "1000, 1", "999, 2", "400, 5", "100, 10", "50, 20", "10, 100", "6, 200"})
    void a_chunk_is_as_small_as_makes_the_way_a_tenth_of_the_call(double micros, int chunk) {
        var advice = advise(subject(), pace(micros * MICRO, 1), SMALL);

        assertThat(advice.model()).isEqualTo(Model.PROCESS_POOL);
        assertThat(advice.chunk()).isEqualTo(chunk);
        assertThat(advice.code().contains(".chunk(")).isEqualTo(chunk > 1);
    }

    @Test
    void a_chunk_is_bounded_by_its_data_and_by_its_time() {
        var dear = new Crossing.Cost(50_000, 10_000, "", 0, 100 * MILLI);
        assertThat(advise(subject(), pace(100 * MICRO, 1), dear).chunk()).isEqualTo(50);

        var slow = new Crossing.Cost(80, 80, "", 0, 1e12);
        assertThat(advise(subject(), pace(MILLI, 1), slow).chunk()).isEqualTo(50);
    }

    @Test
    void what_makes_much_garbage_is_told_why_a_heap_of_its_own_is_worth_it() {
        var wasteful = new Pace(MILLI, MILLI, MILLI, MILLI, 100, 1, 0, 1_000_000);

        assertThat(advise(subject(), wasteful, SMALL).reasons()).anyMatch(each -> each.contains("1 GB of garbage"));
    }
}
