package io.forkloom.testkit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Tests after each of which nothing may be left: no thread, process, descriptor or file. */
public abstract class NothingLeft {
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
