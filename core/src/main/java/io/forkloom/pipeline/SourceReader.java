package io.forkloom.pipeline;

import java.util.Iterator;
import java.util.Optional;

/** Reads the source into the first stage, on one virtual thread, no further ahead than there is room. */
record SourceReader(Iterable<?> source, Outlet outlet, Flow flow) {

    void read() throws Exception {
        var items = iterator();
        for (var item = next(items); item.isPresent(); item = next(items)) {
            flow.check();
            outlet.send(item.get());
        }
        outlet.finish();
    }

    private Iterator<?> iterator() throws RunFailure {
        try {
            return source.iterator();
        } catch (Throwable error) {
            throw RunFailure.ofSource(error);
        }
    }

    private Optional<Item> next(Iterator<?> items) throws RunFailure {
        try {
            if (!items.hasNext()) {
                return Optional.empty();
            }
            var item = Item.read(items.next());
            flow.tally().read.incrementAndGet();
            return Optional.of(item);
        } catch (Throwable error) {
            throw RunFailure.ofSource(error);
        }
    }
}
