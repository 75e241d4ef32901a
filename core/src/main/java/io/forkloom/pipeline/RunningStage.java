package io.forkloom.pipeline;

import io.forkloom.PoolBrokenException;
import io.forkloom.PoolClosedException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A stage of one run. Each of its units, {@code limit} virtual threads, is in {@link #work}. */
final class RunningStage {
    private final Stage stage;
    private final StageCounters counters;
    private final Flow flow;
    private final Inlet inlet;
    private final Outlet outlet;
    private final AtomicInteger unitsLeft;

    RunningStage(Stage stage, StageCounters counters, Flow flow, Inlet inlet, Outlet outlet) {
        this.stage = stage;
        this.counters = counters;
        this.flow = flow;
        this.inlet = inlet;
        this.outlet = outlet;
        this.unitsLeft = new AtomicInteger(stage.bounds().limit());
    }

    void fork() {
        var bounds = stage.bounds();
        var order = stage.isOrdered() ? new Order(bounds.window(), inlet.iterator(), this::passOn) : null;
        for (int unit = 1; unit <= bounds.limit(); unit++) {
            flow.group().forkAction(stage.name() + "-" + unit, () -> work(order));
        }
    }

    private void work(@Nullable Order order) throws Exception {
        if (order == null) {
            workInAnyOrder();
        } else {
            workIn(order);
        }
        if (unitsLeft.decrementAndGet() == 0) {
            outlet.finish();
        }
    }

    private void workInAnyOrder() throws Exception {
        for (var item : inlet) {
            var result = process(item);
            if (result != null) {
                passOn(result);
            }
            flow.check();
        }
    }

    private void workIn(Order order) throws Exception {
        for (var place = order.take(); place != null; place = order.take()) {
            order.put(place, process(place.item()));
            flow.check();
        }
    }

    /** Null if the item has come to its end here. */
    private @Nullable Item process(Item item) throws Exception {
        counters.in.incrementAndGet();
        return switch (attempt(item)) {
            case Result(var result) -> result;
            case GivenUp givenUp -> {
                decide(givenUp);
                yield null;
            }
        };
    }

    private Attempted attempt(Item item) throws InterruptedException {
        counters.busy.incrementAndGet();
        try {
            for (int attempts = 1; ; attempts++) {
                try {
                    return new Result(item.with(stage.function().apply(item.value())));
                } catch (Throwable error) {
                    if (!mayRetry(error, attempts)) {
                        return new GivenUp(item, error, attempts);
                    }
                }
                flow.check();
                counters.retried.incrementAndGet();
                flow.pause().pause(stage.policy().retry().pauseAfter(attempts));
            }
        } finally {
            counters.busy.decrementAndGet();
        }
    }

    private boolean mayRetry(Throwable error, int attempts) {
        return !flow.group().isCancelled()
                && !isEndOfPool(error)
                && stage.policy().retry().allows(error, attempts);
    }

    /** The last word on an item whose attempts are used up. */
    private void decide(GivenUp givenUp) throws Exception {
        if (!flow.group().isCancelled()) {
            counters.failed.incrementAndGet();
        }
        var origins = givenUp.item.origins();
        switch (isEndOfPool(givenUp.error)
                ? new OnError.Decision.Fail()
                : stage.policy().decision()) {
            case OnError.Decision.Fail _ ->
                throw RunFailure.ofStage(letter(givenUp, origins.getFirst()), origins.size() - 1);
            case OnError.Decision.Skip _ -> flow.skip(givenUp.item);
            case OnError.Decision.Deliver(var consumer) -> {
                for (var origin : origins) {
                    flow.deliver(letter(givenUp, origin), origin, consumer);
                }
            }
        }
    }

    private DeadLetter letter(GivenUp givenUp, Origin origin) {
        return new DeadLetter(stage.name(), origin.item(), givenUp.item.value(), givenUp.error, givenUp.attempts);
    }

    private void passOn(Item result) throws InterruptedException {
        outlet.send(result);
        counters.out.incrementAndGet();
    }

    private static boolean isEndOfPool(Throwable error) {
        return error instanceof PoolClosedException || error instanceof PoolBrokenException;
    }

    /** What the attempts at an item came to. */
    private sealed interface Attempted {}

    private record Result(Item item) implements Attempted {}

    private record GivenUp(Item item, Throwable error, int attempts) implements Attempted {}
}
