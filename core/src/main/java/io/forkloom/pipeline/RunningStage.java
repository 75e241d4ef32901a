package io.forkloom.pipeline;

import io.forkloom.PoolBrokenException;
import io.forkloom.PoolClosedException;
import io.forkloom.async.Channel;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A stage of one run. Each of its units, {@code limit} virtual threads, is in {@link #work}. */
final class RunningStage {
    /** Items that wait before a stage: enough for its units not to wait for the stage before, few enough to be cheap. */
    private static final int WAITING = 16;

    private final Stage stage;
    private final OnError policy;
    private final StageCounters counters;
    private final Flow flow;
    private final @Nullable RunningStage next;
    private final Channel<Item> input;
    private final AtomicInteger unitsLeft;

    RunningStage(Stage stage, OnError policy, StageCounters counters, Flow flow, @Nullable RunningStage next) {
        this.stage = stage;
        this.policy = policy;
        this.counters = counters;
        this.flow = flow;
        this.next = next;
        this.input = Channel.bounded(Math.min(stage.limit(), WAITING));
        this.unitsLeft = new AtomicInteger(stage.limit());
    }

    void fork() {
        for (int unit = 1; unit <= stage.limit(); unit++) {
            flow.group().forkAction(stage.name() + "-" + unit, this::work);
        }
    }

    void send(Item item) throws InterruptedException {
        input.send(item);
    }

    /** Nothing more will be sent. */
    void finish() {
        input.close();
    }

    private void work() throws Exception {
        for (var item : input) {
            process(item);
            flow.check();
        }
        if (unitsLeft.decrementAndGet() == 0 && next != null) {
            next.finish();
        }
    }

    private void process(Item item) throws Exception {
        counters.in.incrementAndGet();
        switch (attempt(item)) {
            case Result(var result) -> passOn(result);
            case GivenUp(var letter) -> decide(letter);
        }
    }

    private Attempted attempt(Item item) throws InterruptedException {
        counters.busy.incrementAndGet();
        try {
            for (int attempts = 1; ; attempts++) {
                try {
                    return new Result(item.with(stage.function().apply(item.value())));
                } catch (Throwable error) {
                    if (!mayRetry(error, attempts)) {
                        return new GivenUp(new DeadLetter(stage.name(), item.source(), item.value(), error, attempts));
                    }
                }
                flow.check();
                counters.retried.incrementAndGet();
                flow.pause().pause(policy.retry().pauseAfter(attempts));
            }
        } finally {
            counters.busy.decrementAndGet();
        }
    }

    private boolean mayRetry(Throwable error, int attempts) {
        return !flow.group().isCancelled()
                && !isEndOfPool(error)
                && policy.retry().allows(error, attempts);
    }

    /** The last word on an item whose attempts are used up. */
    private void decide(DeadLetter letter) throws Exception {
        if (!flow.group().isCancelled()) {
            counters.failed.incrementAndGet();
        }
        switch (isEndOfPool(letter.error()) ? new OnError.Decision.Fail() : policy.decision()) {
            case OnError.Decision.Fail _ -> throw RunFailure.ofStage(letter);
            case OnError.Decision.Skip _ -> flow.skip();
            case OnError.Decision.Deliver(var consumer) -> flow.deliver(letter, consumer);
        }
    }

    private void passOn(Item result) throws InterruptedException {
        if (next == null) {
            flow.tally().done.incrementAndGet();
        } else {
            flow.check();
            next.send(result);
        }
        counters.out.incrementAndGet();
    }

    private static boolean isEndOfPool(Throwable error) {
        return error instanceof PoolClosedException || error instanceof PoolBrokenException;
    }

    /** What the attempts at an item came to. */
    private sealed interface Attempted {}

    private record Result(Item item) implements Attempted {}

    private record GivenUp(DeadLetter letter) implements Attempted {}
}
