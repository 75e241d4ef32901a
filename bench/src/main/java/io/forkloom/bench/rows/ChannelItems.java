package io.forkloom.bench.rows;

import io.forkloom.async.Channel;
import io.forkloom.async.TaskGroup;
import io.forkloom.bench.Figure;
import io.forkloom.bench.Measurement;
import io.forkloom.bench.Scale;
import io.forkloom.bench.Unit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;

/** From one virtual thread to another through a channel; and the same through the JDK's queue of that capacity. */
record ChannelItems(int capacity) implements Measurement {
    /** Sends or receives, by what is measured. */
    private interface Way {
        void send(Integer item) throws InterruptedException;

        Integer receive() throws InterruptedException;
    }

    @Override
    public List<Figure> figures() {
        String name = "async.channel." + capacity;
        return List.of(
                new Figure(name, Unit.MICROSECONDS),
                new Figure(name + ".abq", Unit.MICROSECONDS),
                new Figure(name + ".to.abq", Unit.TIMES));
    }

    @Override
    public Optional<PeerWork> peers(Scale scale) {
        return Optional.of(PeerWork.of(
                List.of("uvloop", "asyncio"), "loop.channel", capacity, scale.of(20_000, 1_000), scale.of(9, 1)));
    }

    @Override
    public Session open(Scale scale) throws Exception {
        int count = scale.of(capacity == 1 ? 20_000 : 200_000, 1_000); // a go takes 0.2 s at the most
        int batches = scale.of(9, 1);
        return Caller.warm(scale.of(3, 1), () -> {
            double ours = Caller.each(batches, count, () -> transfer(count, channel(capacity)));
            double jdk = Caller.each(batches, count, () -> transfer(count, queue(capacity)));
            return new double[] {ours, jdk, ours / jdk};
        });
    }

    private static void transfer(int count, Way way) throws InterruptedException {
        try (var group = TaskGroup.open()) {
            var _ = group.forkAction(() -> {
                for (int i = 0; i < count; i++) {
                    way.send(i);
                }
            });
            var sum = group.fork(() -> {
                long all = 0;
                for (int i = 0; i < count; i++) {
                    all += way.receive();
                }
                return all;
            });
            group.join();
            Caller.check(sum.value() == (long) count * (count - 1) / 2, "items were lost");
        }
    }

    private static Way channel(int capacity) {
        Channel<Integer> channel = Channel.bounded(capacity);
        return new Way() {
            @Override
            public void send(Integer item) throws InterruptedException {
                channel.send(item);
            }

            @Override
            public Integer receive() throws InterruptedException {
                return channel.receive();
            }
        };
    }

    private static Way queue(int capacity) {
        var queue = new ArrayBlockingQueue<Integer>(capacity);
        return new Way() {
            @Override
            public void send(Integer item) throws InterruptedException {
                queue.put(item);
            }

            @Override
            public Integer receive() throws InterruptedException {
                return queue.take();
            }
        };
    }
}
