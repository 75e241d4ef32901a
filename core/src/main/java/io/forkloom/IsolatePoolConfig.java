package io.forkloom;

import java.util.Optional;

/** What an {@link IsolatePool} is told when it is opened. */
public final class IsolatePoolConfig extends PoolConfig<IsolatePoolConfig> {
    /** Of one payload: arrays cannot be much larger, and nothing goes over a wire. */
    static final int MESSAGE_LIMIT = Integer.MAX_VALUE - 1024;

    Optional<TaskAction> initializer = Optional.empty();

    IsolatePoolConfig() {}

    @Override
    IsolatePoolConfig self() {
        return this;
    }

    /**
     * Runs once in each worker before its first task, to load what tasks need into static fields. If it throws, that is
     * the failure of the task, and the next one tries it again, with fresh classes.
     */
    public IsolatePoolConfig initializer(TaskAction action) {
        initializer = Optional.of(action);
        return this;
    }
}
