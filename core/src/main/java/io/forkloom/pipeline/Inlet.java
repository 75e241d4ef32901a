package io.forkloom.pipeline;

import io.forkloom.async.Channel;
import java.util.Iterator;

/** What waits before a stage: the stage iterates it until the one before has finished. */
final class Inlet implements Outlet, Iterable<Item> {
    private final Channel<Item> channel;
    private final Flow flow;

    Inlet(int room, Flow flow) {
        this.channel = Channel.bounded(room);
        this.flow = flow;
    }

    @Override
    public void send(Item item) throws InterruptedException {
        flow.check();
        channel.send(item);
    }

    @Override
    public void finish() {
        channel.close();
    }

    /** Whether nothing waits; if something does, and only one thread receives, it gets that at once. */
    boolean isEmpty() {
        return channel.size() == 0;
    }

    @Override
    public Iterator<Item> iterator() {
        return channel.iterator();
    }
}
