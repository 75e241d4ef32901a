package io.forkloom.testkit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/**
 * What every pool must do, as tests: extend it, and say how such a pool is opened. After each test nothing may be left:
 * no thread, process, descriptor or file.
 */
@Timeout(30)
public abstract class TaskPoolContract
        implements CallContract,
                FailureContract,
                HandleContract,
                QueueContract,
                MapContract,
                CloseContract,
                AccountContract {
    private Leaks leaks = Leaks.snapshot();

    @BeforeEach
    void lookBefore() {
        leaks = Leaks.snapshot();
    }

    @AfterEach
    void nothing_is_left() {
        leaks.assertNone();
    }
}
