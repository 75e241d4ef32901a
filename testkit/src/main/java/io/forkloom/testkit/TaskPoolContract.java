package io.forkloom.testkit;

import org.junit.jupiter.api.Timeout;

/** What every pool must do, as tests: extend it, and say how such a pool is opened. */
@Timeout(30)
public abstract class TaskPoolContract extends NothingLeft
        implements CallContract,
                FailureContract,
                ClockContract,
                HandleContract,
                QueueContract,
                MapContract,
                CloseContract,
                AccountContract,
                ExecutorContract,
                BroadcastContract {}
