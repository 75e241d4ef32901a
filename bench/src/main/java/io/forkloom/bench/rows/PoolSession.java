package io.forkloom.bench.rows;

import io.forkloom.ProcessPool;
import io.forkloom.bench.Measurement.Session;

/** Work on a pool that is open, and warm. */
record PoolSession(ProcessPool pool, Work work) implements Session {
    /** One go. */
    @FunctionalInterface
    interface Work {
        double[] measure(ProcessPool pool) throws Exception;
    }

    /** With so many goes before any that counts. */
    static PoolSession warm(ProcessPool pool, int goes, Work work) throws Exception {
        try {
            for (int i = 0; i < goes; i++) {
                work.measure(pool);
            }
            return new PoolSession(pool, work);
        } catch (Exception e) {
            pool.close();
            throw e;
        }
    }

    @Override
    public double[] measure() throws Exception {
        return work.measure(pool);
    }

    @Override
    public void close() {
        pool.close();
    }
}
