package io.forkloom.cli.crawl.fetch;

/** Tries again what failed in passing, on the thread that waits for it. */
record Retries(int further) {
    /** One attempt. */
    interface Attempt<T> {
        T run() throws FetchException, InterruptedException;
    }

    <T> T of(Attempt<T> work) throws FetchException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            try {
                return work.run();
            } catch (FetchException failure) {
                if (!failure.isPassing() || attempt > further) {
                    throw failure.after(attempt);
                }
                Thread.sleep(Backoff.before(attempt + 1, failure.retryAfter()));
            }
        }
    }
}
