package io.forkloom;

/** What a {@link ThreadPool} is told when it is opened. */
public final class ThreadPoolConfig extends PoolConfig<ThreadPoolConfig> {
    ThreadPoolConfig() {}

    @Override
    ThreadPoolConfig self() {
        return this;
    }
}
