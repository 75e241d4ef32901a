package io.forkloom.cli.crawl.view;

import io.forkloom.cli.crawl.view.Bottleneck.Kind;
import io.forkloom.cli.crawl.view.Findings.Named;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * Watches a crawl: the stages tell it what they did, and {@link #findings} says what that was, at any time. What it
 * keeps has a bound, whatever the number of inputs, hosts and causes: less than 2 MB. Any thread may call; nothing
 * waits, nothing fails. Durations are in nanoseconds.
 */
public final class Meter {
    /** By how {@code Summary} and the journal call it. */
    public static final String COMPLETED = "Completed";

    private static final int HOSTS = 999;
    private static final int CAUSES = 300;
    private static final int TYPES = 100;
    private static final int TOLD = 10;
    private static final int LONGEST_NAME = 100;
    private static final int LATELY = 10;

    private static final Comparator<HostFigures> BUSIEST = Comparator.comparingLong(HostFigures::pages);
    private static final Comparator<HostFigures> SLOWEST = Comparator.comparingDouble(HostFigures::mean);
    private static final Comparator<HostFigures> FAILING = Comparator.comparingLong(HostFigures::failures);

    private record Ending(String outcome, String stage, String cause) {}

    /** What the sums were at the last sample. */
    private record Mark(long nanos, long done, long failed, long skipped, long fetched, long bytes) {

        /** By what the stretch counted, not by the sums of now: what happened meanwhile belongs to the next one. */
        Mark after(Slice stretch) {
            return new Mark(
                    nanos + stretch.nanos(),
                    done + stretch.done(),
                    failed + stretch.failed(),
                    skipped + stretch.skipped(),
                    fetched + stretch.fetched(),
                    bytes + stretch.bytes());
        }
    }

    private final LongSupplier clock;
    private final long begin;
    private final LongAdder done = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder skipped = new LongAdder();
    private final LongAdder attemptsFailed = new LongAdder();
    private final LongAdder fetched = new LongAdder();
    private final LongAdder parsed = new LongAdder();
    private final LongAdder bytesFetched = new LongAdder();
    private final LongAdder bytesDelivered = new LongAdder();
    private final Histogram fetchTimes = new Histogram();
    private final Histogram parseTimes = new Histogram();
    private final Histogram deliverTimes = new Histogram();
    private final Histogram sizes = new Histogram();
    private final Top<String, Long> outcomes = new Top<>(TYPES, Long::sum, List.of(Comparator.naturalOrder()));
    private final Top<Ending, Long> causes = new Top<>(CAUSES, Long::sum, List.of(Comparator.naturalOrder()));
    private final Top<String, TypeFigures> types =
            new Top<>(TYPES, TypeFigures::plus, List.of(Comparator.comparingLong(TypeFigures::pages)));
    private final Top<String, HostFigures> hosts =
            new Top<>(HOSTS, HostFigures::plus, List.of(BUSIEST, SLOWEST, FAILING));

    // Guarded by this.
    private final Timeline timeline = new Timeline();
    private final Deque<Bottleneck> lately = new ArrayDeque<>();
    private Gauges last = Gauges.IDLE;
    private Mark mark;

    public Meter() {
        this(System::nanoTime);
    }

    Meter(LongSupplier clock) {
        this.clock = clock;
        begin = clock.getAsLong();
        mark = new Mark(begin, 0, 0, 0, 0, 0);
    }

    /** A page of this host, or a file (whose host is empty), has come as a whole. */
    public void fetched(String host, long nanos, long bytes) {
        fetched.increment();
        bytesFetched.add(bytes);
        fetchTimes.add(nanos);
        sizes.add(bytes);
        if (!host.isEmpty()) {
            hosts.add(Cause.cut(host, LONGEST_NAME), HostFigures.answered(nanos, bytes));
        }
    }

    /** An attempt to fetch from this host has failed, whether it is tried again or not. */
    public void fetchFailed(String host, String cause) {
        attemptsFailed.increment();
        if (!host.isEmpty()) {
            hosts.add(Cause.cut(host, LONGEST_NAME), HostFigures.failed(Cause.of(cause)));
        }
    }

    /** A page was parsed. */
    public void parsed(String type, long nanos, long bytes) {
        parsed.increment();
        parseTimes.add(nanos);
        types.add(Cause.cut(type, LONGEST_NAME), new TypeFigures(1, bytes, nanos));
    }

    /** A result, or a batch of them, was written to all sinks. */
    public void delivered(long bytes, long nanos) {
        bytesDelivered.add(bytes);
        deliverTimes.add(nanos);
    }

    /** An input has come to its end; stage and cause are empty where it is {@link #COMPLETED}. */
    public void ended(String outcome, String stage, String cause) {
        String name = Cause.cut(outcome, LONGEST_NAME);
        outcomes.add(name, 1L);
        if (outcome.equals(COMPLETED)) {
            done.increment();
        } else {
            failed.increment();
            causes.add(new Ending(name, Cause.cut(stage, LONGEST_NAME), Cause.of(cause)), 1L);
        }
    }

    /** An input has come to its end without work: unchanged, a duplicate, not allowed. */
    public void skipped(String why) {
        skipped.increment();
        outcomes.add(Cause.cut(why, LONGEST_NAME), 1L);
    }

    /** How things stand; to be called about once a second, by one thread. */
    public synchronized void sample(Gauges now) {
        var bottleneck = Bottleneck.of(now);
        var stretch = stretch(now, Optional.of(bottleneck));
        mark = mark.after(stretch);
        timeline.add(stretch);
        last = now;
        lately.addLast(bottleneck);
        if (lately.size() > LATELY) {
            lately.removeFirst();
        }
    }

    /** From the mark until now. */
    private Slice stretch(Gauges now, Optional<Bottleneck> held) {
        long nanos = Math.max(0, clock.getAsLong() - mark.nanos());
        return new Slice(
                nanos,
                done.sum() - mark.done(),
                failed.sum() - mark.failed(),
                skipped.sum() - mark.skipped(),
                fetched.sum() - mark.fetched(),
                bytesFetched.sum() - mark.bytes(),
                Slice.Fill.of(now),
                held.<Map<Kind, Long>>map(each -> Map.of(each.kind(), nanos)).orElseGet(Map::of));
    }

    /** What held up the crawl in most of the last ten samples; a moment alone says little. */
    public synchronized Bottleneck bottleneck() {
        var often = lately.stream().collect(Collectors.groupingBy(Bottleneck::kind, Collectors.counting()));
        return lately.reversed().stream()
                .max(Comparator.comparingLong(each -> often.get(each.kind())))
                .orElseGet(() -> Bottleneck.of(last));
    }

    /** The stages at the last sample, and how much went through them until now. */
    public synchronized Snapshot.Stages stages() {
        return new Snapshot.Stages(last, fetched.sum(), parsed.sum(), bottleneck());
    }

    /** How far this crawl is, for {@link Progress}. */
    public Snapshot snapshot(OptionalLong total) {
        return new Snapshot(done.sum() + skipped.sum(), failed.sum(), total, stages());
    }

    /** All that is known now. */
    public synchronized Findings findings() {
        var slices = timeline.with(stretch(last, Optional.ofNullable(lately.peekLast())));
        return new Findings(
                clock.getAsLong() - begin,
                new Findings.Counts(
                        done.sum(),
                        failed.sum(),
                        skipped.sum(),
                        fetched.sum(),
                        attemptsFailed.sum(),
                        bytesFetched.sum(),
                        bytesDelivered.sum()),
                new Findings.Latencies(fetchTimes.snapshot(), parseTimes.snapshot(), deliverTimes.snapshot()),
                sizes.snapshot(),
                named(outcomes, Comparator.naturalOrder(), TYPES),
                named(types, Comparator.comparingLong(TypeFigures::pages), TOLD),
                causes.largest(Comparator.naturalOrder(), TOLD).stream()
                        .map(entry -> new Findings.Failures(
                                entry.getKey().outcome(),
                                entry.getKey().stage(),
                                entry.getKey().cause(),
                                entry.getValue()))
                        .toList(),
                foundHosts(),
                slices,
                held(slices));
    }

    private Findings.Hosts foundHosts() {
        return new Findings.Hosts(
                hosts.size(),
                hosts.complete(),
                first(BUSIEST, HostFigures::pages),
                first(SLOWEST, HostFigures::pages),
                first(FAILING, HostFigures::failures));
    }

    private List<Named<HostFigures>> first(Comparator<HostFigures> order, Function<HostFigures, Long> there) {
        return named(hosts, order, TOLD).stream()
                .filter(host -> there.apply(host.value()) > 0)
                .toList();
    }

    private static <V> List<Named<V>> named(Top<String, V> top, Comparator<V> order, int most) {
        return top.largest(order, most).stream().map(Named::of).toList();
    }

    private static List<Findings.Held> held(List<Slice> slices) {
        var sums = new EnumMap<Kind, Long>(Kind.class);
        slices.forEach(slice -> slice.held().forEach((kind, nanos) -> sums.merge(kind, nanos, Long::sum)));
        long all = sums.values().stream().mapToLong(Long::longValue).sum();
        return sums.entrySet().stream()
                .filter(entry -> entry.getValue() > 0)
                .sorted(Map.Entry.<Kind, Long>comparingByValue().reversed())
                .map(entry -> new Findings.Held(entry.getKey(), entry.getValue(), (double) entry.getValue() / all))
                .toList();
    }
}
