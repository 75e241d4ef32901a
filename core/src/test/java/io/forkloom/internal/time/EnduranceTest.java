package io.forkloom.internal.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class EnduranceTest {
    private final AtomicInteger tries = new AtomicInteger();

    private void failTwice(Error error) {
        if (tries.incrementAndGet() < 3) {
            throw error;
        }
    }

    @Test
    void what_finds_the_heap_full_is_done_again_until_it_is_done() {
        Endurance.run(() -> failTwice(new OutOfMemoryError("Java heap space")));
        assertThat(tries).hasValue(3);
        tries.set(0);
        Endurance.runOrReport((first, _) -> failTwice(first), new OutOfMemoryError("Java heap space"), this);
        assertThat(tries).hasValue(3);
    }

    @Test
    void what_fails_otherwise_is_not_done_again() {
        assertThatThrownBy(() -> Endurance.run(() -> failTwice(new AssertionError("a bug"))))
                .hasMessage("a bug");
        assertThat(tries).hasValue(1);
        assertThatThrownBy(() ->
                        Endurance.run(() -> failTwice(new OutOfMemoryError("unable to create native thread: limits"))))
                .isInstanceOf(OutOfMemoryError.class);
        assertThat(tries).hasValue(2);
    }

    @Test
    void what_fails_is_reported_as_what_nobody_catches_and_the_caller_goes_on() throws InterruptedException {
        var reported = new AtomicInteger();
        var thread = Thread.ofPlatform().unstarted(() -> {
            Endurance.runOrReport((first, _) -> failTwice(first), new AssertionError("a bug"), this);
            tries.set(100);
        });
        thread.setUncaughtExceptionHandler((where, what) -> reported.incrementAndGet());
        thread.start();
        thread.join();
        assertThat(reported).hasValue(1);
        assertThat(tries).hasValue(100);
    }
}
