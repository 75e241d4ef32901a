package io.forkloom.cli.crawl;

import io.forkloom.async.Channel;
import io.forkloom.async.ChannelClosedException;
import io.forkloom.async.Timeouts;
import io.forkloom.cli.crawl.deliver.Failure;
import io.forkloom.cli.crawl.deliver.Parcel;
import io.forkloom.cli.crawl.deliver.Sinks;
import io.forkloom.cli.crawl.frontier.Frontier;
import io.forkloom.cli.crawl.journal.Ending;
import io.forkloom.cli.crawl.journal.Journal;
import io.forkloom.cli.crawl.journal.Skip;
import io.forkloom.cli.crawl.view.Gauges;
import io.forkloom.cli.crawl.view.Meter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Brings inputs to their ends, in batches, on one thread: writes the results to the sinks, flushes them, and only then notes the
 * ends in the journal, in one transaction with the positions of the sinks. So a crash at any moment costs at most what was not
 * noted, which comes again, and is not there twice.
 *
 * <p>Whoever brings a result waits while too many bytes are on their way.
 */
final class Committer implements AutoCloseable {
    private static final int MOST_BYTES = 16 << 20;
    private static final int BATCH_BYTES = 4 << 20;
    private static final int BATCH = 2_000;

    /**
     * What of a batch.
     *
     * @param linger how long a result may wait for others
     * @param dedupe whether a page with the content of another is dropped
     */
    record Batching(Duration linger, boolean dedupe) {}

    private final Sinks sinks;
    private final Journal journal;
    private final Frontier frontier;
    private final Duration linger;
    private final boolean dedupe;
    private final Meter meter;
    private final Channel<Arrival> arrivals = Channel.bounded("results", BATCH);
    private final Semaphore bytes = new Semaphore(MOST_BYTES);
    private final Thread thread;
    private volatile @Nullable Throwable failure;

    // Of the one thread.
    private final List<Arrival> batch = new ArrayList<>();
    private int batchBytes;

    /** Its thread begins. */
    Committer(Beginning beginning, Frontier frontier, Batching batching, Meter meter) {
        this.sinks = beginning.sinks();
        this.journal = beginning.journal();
        this.meter = meter;
        this.frontier = frontier;
        this.linger = batching.linger();
        this.dedupe = batching.dedupe();
        // A platform thread: the disk keeps it, and with it a carrier.
        this.thread = Thread.ofPlatform().daemon().name("forkloom-deliver").start(this::run);
    }

    /**
     * Waits for room.
     *
     * @throws ChannelClosedException if delivering has failed, with why
     */
    void bring(Arrival arrival) throws InterruptedException {
        bytes.acquire(Math.min(MOST_BYTES, arrival.weight()));
        arrivals.send(arrival);
    }

    /** How much is on its way, in MiB, of how much there is room for. */
    Gauges.Load load() {
        return new Gauges.Load((MOST_BYTES - bytes.availablePermits()) >> 20, MOST_BYTES >> 20);
    }

    /** Waits until all that was brought is noted; throws what has kept it from that, though nobody brought anything since. */
    void finish() {
        close();
        switch (failure) {
            case null -> {}
            case RuntimeException told -> throw told;
            case Error fatal -> throw fatal;
            case Throwable other -> throw new IllegalStateException(other);
        }
    }

    /** Waits until all that was brought is noted, or cannot be. */
    @Override
    public void close() {
        arrivals.close();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true; // what was brought is noted first
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    // On the thread.

    private void run() {
        try {
            for (Arrival first : arrivals) {
                add(first);
                gather();
                commit();
            }
        } catch (Throwable e) {
            failure = e;
            // Whoever brings the next one gets it, and ends the crawl.
            arrivals.fail(e);
            frontier.close();
            bytes.release(MOST_BYTES);
        }
    }

    private void gather() throws InterruptedException {
        long end = System.nanoTime() + linger.toNanos();
        while (batch.size() < BATCH && batchBytes < BATCH_BYTES) {
            var more = next(end - System.nanoTime());
            if (more == null) {
                return;
            }
            add(more);
        }
    }

    /** Null where nothing comes within the time, or nothing can. */
    private @Nullable Arrival next(long nanos) throws InterruptedException {
        try {
            var there = arrivals.tryReceive();
            if (there.isPresent()) {
                return there.get();
            }
            if (nanos <= 0 || frontier.isAllBut(batch.size())) {
                return null;
            }
            return Timeouts.moveOnAfter(Duration.ofNanos(nanos), arrivals::receive)
                    .orElse(null);
        } catch (ChannelClosedException e) {
            return null;
        }
    }

    private void add(Arrival arrival) {
        batch.add(arrival);
        batchBytes += arrival.weight();
    }

    private void commit() throws InterruptedException {
        var endings = new ArrayList<Ending>(batch.size());
        var parcels = new ArrayList<Parcel>(batch.size());
        var parsed = new ArrayList<Arrival.Parsed>(batch.size());
        var contents = new HashSet<String>();
        for (Arrival arrival : batch) {
            switch (arrival) {
                case Arrival.Ended(Ending ending) -> endings.add(ending);
                case Arrival.Parsed result
                when dedupe && isKnown(result, contents) ->
                    endings.add(new Ending.Skipped(result.input(), Skip.DUPLICATE, result.validators(), List.of()));
                case Arrival.Parsed result -> {
                    parcels.add(result.parcel());
                    parsed.add(result);
                }
            }
        }
        long begin = System.nanoTime();
        sinks.write(parcels);
        var positions = sinks.flush();
        long took = System.nanoTime() - begin;
        parsed.forEach(result -> endings.add(ending(result)));
        frontier.added(journal.end(endings, positions));
        endings.forEach(this::tell);
        parsed.forEach(result -> meter.delivered(result.weight(), took));
        frontier.ended(batch.stream().map(Arrival::input).toList());
        batch.forEach(arrival -> bytes.release(Math.min(MOST_BYTES, arrival.weight())));
        batch.clear();
        batchBytes = 0;
    }

    private void tell(Ending ending) {
        switch (ending) {
            case Ending.Done _ -> meter.ended(Meter.COMPLETED, "", "");
            case Ending.Failed(var _, var failure) -> meter.ended(failure.outcome(), failure.stage(), failure.error());
            case Ending.Skipped skipped -> meter.skipped(skipped.why().word());
        }
    }

    private boolean isKnown(Arrival.Parsed result, Set<String> contents) {
        String sha512 = result.parcel().result().content().sha512();
        return !contents.add(sha512) || journal.hasContent(sha512);
    }

    private Ending ending(Arrival.Parsed result) {
        var input = result.input();
        var content = result.parcel().result().content();
        return result.parcel()
                .refusal()
                .<Ending>map(reason ->
                        new Ending.Failed(input, new Failure(input.source().name(), "deliver", "Failed", reason)))
                .orElseGet(() -> new Ending.Done(
                        input, content.bytes(), dedupe ? content.sha512() : "", result.validators(), result.links()));
    }
}
