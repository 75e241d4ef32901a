package io.forkloom.cli.crawl.deliver;

import io.forkloom.async.Async;
import io.forkloom.async.ItemFailedException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Sends results to a server, so many at once, each on a virtual thread. What it does not take for the moment is sent
 * again after a pause that doubles; when patience ends, so does the crawl, for no other result would fare better.
 */
final class HttpSink implements Sink {
    private final Endpoint target;
    private final HttpOptions.Patience patience;
    private final Sender sender;
    private final List<Parcel> waiting = new ArrayList<>();

    HttpSink(Endpoint target) {
        this.target = target;
        this.patience = target.options().patience();
        this.sender = new Sender(target);
    }

    @Override
    public void write(Parcel parcel) {
        waiting.add(parcel);
    }

    /** Waits until the server has all of them, or has refused them. */
    @Override
    public long flush() throws IOException, InterruptedException {
        if (waiting.isEmpty()) {
            return 0;
        }
        try {
            Async.amap(waiting, this::deliver)
                    .limit(target.options().limit())
                    .asCompleted()
                    .toList();
        } catch (ItemFailedException failed) {
            throw failed.getCause() instanceof IOException failure ? failure : new IOException(failed);
        }
        waiting.clear();
        return 0;
    }

    private boolean deliver(Parcel parcel) throws IOException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            switch (sender.send(parcel)) {
                case Answer.Taken() -> {
                    return true;
                }
                case Answer.Refused(var reason) -> {
                    parcel.refuse("not delivered to " + target + ": " + reason);
                    return false;
                }
                case Answer.Hopeless(var reason) -> throw new IOException(reason);
                case Answer.Later(var reason, var asked) -> {
                    if (attempt == patience.attempts()) {
                        throw new IOException(reason + " (" + attempt + " attempts)");
                    }
                    Thread.sleep(patience.after(attempt, asked));
                }
            }
        }
    }

    @Override
    public void commit() {}

    @Override
    public void close() {
        sender.close();
    }
}
