package io.forkloom.cli.crawl.deliver;

import io.forkloom.cli.crawl.parse.Result;
import java.util.Optional;

/** A result on its way to the sinks. Not for several threads, but for those that one sink waits for. */
public final class Parcel {
    private final String key;
    private final Result result;
    private volatile Optional<String> refusal = Optional.empty();

    /**
     * A result, for all sinks.
     *
     * @param key the same for the same input, whenever it is crawled: the normalised address, or the path
     */
    public Parcel(String key, Result result) {
        this.key = key;
        this.result = result;
    }

    public String key() {
        return key;
    }

    public Result result() {
        return result;
    }

    /** This very result cannot be delivered; others can. The input has failed, and sinks behind this one do not get it. */
    public void refuse(String reason) {
        refusal = Optional.of(reason);
    }

    public Optional<String> refusal() {
        return refusal;
    }
}
