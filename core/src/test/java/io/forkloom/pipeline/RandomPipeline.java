package io.forkloom.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A pipeline over numbers made of any parts, which notes what arrives where, and checks the account against it. */
final class RandomPipeline {
    /** What a pipeline can be made of. */
    sealed interface Part {
        /** Fails on so many of 1,000 numbers, and on a list with one of them. */
        record Work(int limit, int beyond, int policy, int failing) implements Part {}

        record Batch(int size, int lingerMillis) implements Part {}

        record Buffer(int room) implements Part {}
    }

    private static final int WAITING = 16;

    private final int items;
    private final List<Part> trunk;
    private final List<List<Part>> branches;

    private final AtomicInteger read = new AtomicInteger();
    private final AtomicLong most = new AtomicLong(); // under way
    private final AtomicInteger moments = new AtomicInteger();
    private int cancelsAt = Integer.MAX_VALUE;
    private final CompletableFuture<PipelineRun> run = new CompletableFuture<>();
    private final List<DeadLetter> letters = new ArrayList<>(); // one at a time is promised
    private final List<Queue<Integer>> arrived = new ArrayList<>();
    private long capacity = 1; // the reader's hand

    RandomPipeline(int items, List<Part> trunk, List<List<Part>> branches) {
        this.items = items;
        this.trunk = trunk;
        this.branches = branches;
    }

    void runToTheEnd() throws InterruptedException {
        var account = run(3);
        assertThat(account.read()).isEqualTo(items);
        assertThat(account.cancelled()).isZero();
        verify(account);
        var dead = deadItems();
        assertThat(account.dead()).isEqualTo(dead.size());
        assertThat(arrived).allSatisfy(queue -> assertThat(queue).hasSizeGreaterThanOrEqualTo((int) account.done()));
    }

    void cancelAt(int moment) throws InterruptedException {
        cancelsAt = moment;
        var account = run(3);
        verify(account);
        assertThat(account.dead()).isLessThanOrEqualTo(deadItems().size());
    }

    void runInOrder() throws InterruptedException {
        verify(run(1));
        assertThat(List.copyOf(arrived.getFirst())).isSorted();
    }

    private void verify(Account account) {
        assertThat(account.read())
                .as(account::toString)
                .isEqualTo(read.get())
                .isEqualTo(account.done() + account.skipped() + account.dead() + account.cancelled());
        assertThat(account.stages()).as(account::toString).allMatch(stage -> stage.busy() == 0);
        assertThat(most.get()).as("under way, of %s", account).isLessThanOrEqualTo(capacity);
        assertThat(arrived)
                .as(account::toString)
                .allSatisfy(queue -> assertThat(queue).doesNotHaveDuplicates());
        var everywhere = new HashSet<Integer>(numbers());
        arrived.forEach(everywhere::retainAll);
        assertThat(everywhere).as(account::toString).hasSize((int) account.done());
        assertThat(everywhere).as("done, and not dead").noneMatch(deadItems()::contains);
        assertThat(letters)
                .as("letters")
                .extracting(DeadLetter::item, DeadLetter::stage)
                .doesNotHaveDuplicates();
    }

    private Account run(int sinkLimit) throws InterruptedException {
        Pipeline<?> whole = with(Pipeline.<Object>from(this::source), trunk, "trunk", sinkLimit);
        try (var running = whole.start()) {
            run.complete(running);
            return running.await();
        }
    }

    private Pipeline<?> with(Pipeline<Object> begin, List<Part> parts, String name, int sinkLimit) {
        var pipeline = begin;
        var size = 1L; // of an item here, in numbers
        var room = 0;
        for (int i = 0; i < parts.size(); i++) {
            switch (parts.get(i)) {
                case Part.Buffer buffer -> {
                    pipeline = pipeline.buffer(buffer.room);
                    room = buffer.room;
                }
                case Part.Batch batch -> {
                    pipeline = lists(pipeline.batch(batch.size, Duration.ofMillis(batch.lingerMillis)));
                    capacity += size * ((room == 0 ? WAITING : room) + batch.size);
                    size *= batch.size;
                    room = 0;
                }
                case Part.Work work -> {
                    pipeline = withWork(pipeline, name + i, work);
                    capacity += size * ((room == 0 ? Math.min(WAITING, work.limit) : room) + window(work));
                    room = 0;
                }
            }
        }
        if (name.equals("trunk") && !branches.isEmpty()) {
            return toBranches(pipeline, size, room, sinkLimit);
        }
        var queue = new ConcurrentLinkedQueue<Integer>();
        arrived.add(queue);
        capacity += size * ((room == 0 ? Math.min(WAITING, sinkLimit) : room) + sinkLimit);
        return pipeline.sink(name + "-sink", sinkLimit, value -> {
            moment();
            flat(value).forEach(queue::add);
        });
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // an array of generics
    private Pipeline<?> toBranches(Pipeline<Object> pipeline, long size, int room, int sinkLimit) {
        // What the trunk multiplies is counted with the room of the first part of each branch.
        Function<Pipeline<Object>, Pipeline<?>>[] descriptions = new Function[branches.size()];
        for (int i = 0; i < descriptions.length; i++) {
            var name = "branch" + i + "-";
            var parts = branches.get(i);
            descriptions[i] = all -> {
                var before = capacity;
                var branch = with(all, parts, name, sinkLimit);
                capacity = before + size * (capacity - before + room);
                return branch;
            };
        }
        return pipeline.toAll(descriptions);
    }

    private Pipeline<Object> withWork(Pipeline<Object> pipeline, String name, Part.Work work) {
        var busy = new AtomicInteger();
        var stage = pipeline.<Object>io(name, work.limit, value -> {
                    moment();
                    assertThat(busy.incrementAndGet()).isLessThanOrEqualTo(work.limit);
                    try {
                        failIfUnlucky(value, name, work.failing);
                    } finally {
                        busy.decrementAndGet();
                    }
                    return value;
                })
                .onError(policy(work.policy));
        return work.beyond < 0 ? stage : stage.ordered(work.limit + work.beyond);
    }

    private static int window(Part.Work work) {
        return work.limit + Math.max(0, work.beyond);
    }

    private OnError policy(int kind) {
        return switch (kind) {
            case 0 -> OnError.skip();
            case 1 -> OnError.retry(1).thenSkip();
            case 2 -> OnError.retry(2).thenDeadLetter(letters::add);
            default -> OnError.deadLetter(letters::add);
        };
    }

    private static void failIfUnlucky(Object value, String stage, int failing) throws IOException {
        for (int number : flat(value).toList()) {
            int dice = Math.floorMod((number * 31 + stage.hashCode()) * 0x9E3779B9, 1_000);
            if (dice < failing) {
                throw new IOException("unlucky " + number);
            }
            for (int i = 0; i < dice; i++) {
                Thread.onSpinWait(); // so that they overtake each other
            }
        }
    }

    /** Between any two of these the run may be cancelled. */
    private void moment() {
        if (moments.incrementAndGet() == cancelsAt) {
            run.join().cancel("at moment " + cancelsAt);
        }
    }

    private Iterator<Object> source() {
        return numbers().stream()
                .<Object>map(number -> number)
                .peek(_ -> {
                    moment();
                    most.accumulateAndGet(run.join().account().underWay(), Math::max);
                    read.incrementAndGet();
                })
                .iterator();
    }

    private List<Integer> numbers() {
        return IntStream.range(0, items).boxed().toList();
    }

    private Set<@Nullable Object> deadItems() {
        return new HashSet<>(letters.stream().map(DeadLetter::item).toList());
    }

    private static Stream<Integer> flat(Object value) {
        return switch (value) {
            case Integer number -> Stream.of(number);
            case List<?> list -> list.stream().flatMap(RandomPipeline::flat);
            default -> throw new AssertionError(value);
        };
    }

    @SuppressWarnings("unchecked")
    private static Pipeline<Object> lists(Pipeline<?> batches) {
        return (Pipeline<Object>) batches;
    }
}
