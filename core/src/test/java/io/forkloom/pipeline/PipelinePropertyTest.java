package io.forkloom.pipeline;

import io.forkloom.pipeline.RandomPipeline.Part;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Whatever a pipeline is made of: the account adds up, nothing is lost, nothing comes twice, and all is bounded. */
class PipelinePropertyTest {
    @Property(tries = 300, shrinking = ShrinkingMode.BOUNDED)
    void a_run_to_the_end_accounts_for_every_item(
            @ForAll @IntRange(max = 300) int items,
            @ForAll("parts") List<Part> trunk,
            @ForAll @Size(max = 3) List<@From("parts") List<Part>> branches)
            throws InterruptedException {
        new RandomPipeline(items, trunk, branches).runToTheEnd();
    }

    @Property(tries = 300, shrinking = ShrinkingMode.BOUNDED)
    void a_run_that_is_cancelled_at_any_moment_accounts_for_every_item(
            @ForAll @IntRange(max = 300) int items,
            @ForAll("parts") List<Part> trunk,
            @ForAll @Size(max = 3) List<@From("parts") List<Part>> branches,
            @ForAll @IntRange(min = 1, max = 600) int moment)
            throws InterruptedException {
        new RandomPipeline(items, trunk, branches).cancelAt(moment);
    }

    @Property(tries = 200, shrinking = ShrinkingMode.BOUNDED)
    void where_all_stages_are_ordered_the_items_arrive_in_order(
            @ForAll @IntRange(max = 300) int items, @ForAll("ordered") List<Part> trunk) throws InterruptedException {
        new RandomPipeline(items, trunk, List.of()).runInOrder();
    }

    @Provide
    Arbitrary<List<Part>> parts() {
        return Arbitraries.oneOf(stages(window()), batches(), buffers()).list().ofMaxSize(4);
    }

    @Provide
    Arbitrary<List<Part>> ordered() {
        return Arbitraries.oneOf(stages(Arbitraries.integers().between(0, 9)), batches(), buffers())
                .list()
                .ofMaxSize(4);
    }

    /** How much larger than its limit; less than 0 for a stage without order. */
    private static Arbitrary<Integer> window() {
        return Arbitraries.integers().between(-5, 5);
    }

    private static Arbitrary<Part> stages(Arbitrary<Integer> windows) {
        return Combinators.combine(
                        Arbitraries.integers().between(1, 6),
                        windows,
                        Arbitraries.integers().between(0, 3),
                        Arbitraries.of(0, 0, 10, 100))
                .as(Part.Work::new);
    }

    private static Arbitrary<Part> batches() {
        return Combinators.combine(
                        Arbitraries.integers().between(1, 7),
                        Arbitraries.integers().between(0, 2))
                .as(Part.Batch::new);
    }

    private static Arbitrary<Part> buffers() {
        return Arbitraries.integers().between(1, 30).map(Part.Buffer::new);
    }
}
