package io.forkloom.internal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.forkloom.event.Progress;
import io.forkloom.internal.dispatch.Limits.Clock;
import io.forkloom.internal.dispatch.Limits.Lapse;
import io.forkloom.internal.dispatch.Limits.Verdict;
import io.forkloom.internal.supervise.Pulse;
import io.forkloom.internal.time.Ticks;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LimitsTest {
    private static final long SECOND = 1_000_000_000;
    private static final Duration TEN = Duration.ofSeconds(10);
    private static final Duration FOUR = Duration.ofSeconds(4);
    private static final Duration FOR_EVER = ChronoUnit.FOREVER.getDuration();

    private static Limits limits(Optional<Duration> running, Optional<Duration> silence, Optional<Duration> soft) {
        return new Limits(Optional.empty(), running, silence, soft);
    }

    private static Pulse pulse(long heard, long extra) {
        return new Pulse(Optional.of(new Progress(1, 2)), heard, extra);
    }

    @Test
    void without_limits_nobody_looks() {
        assertThat(Limits.NONE.first()).isEmpty();
        assertThat(Limits.NONE.look(0, false, Pulse.NONE, 1)).isEqualTo(new Verdict.Free());
    }

    @Test
    void the_nearest_limit_is_waited_for() {
        var limits = limits(Optional.of(TEN), Optional.of(FOUR), Optional.of(Duration.ofSeconds(7)));
        assertThat(limits.first()).hasValue(4 * SECOND);
        assertThat(limits.look(0, false, pulse(3 * SECOND, 0), 5 * SECOND)).isEqualTo(new Verdict.Wait(2 * SECOND));
    }

    @Test
    void progress_sets_silence_back_and_nothing_else() {
        var limits = limits(Optional.of(TEN), Optional.of(FOUR), Optional.empty());
        assertThat(limits.look(0, false, pulse(0, 0), 5 * SECOND))
                .isEqualTo(new Verdict.Stop(new Lapse(Clock.SILENCE, FOUR)));
        assertThat(limits.look(0, false, pulse(9 * SECOND, 0), 11 * SECOND))
                .isEqualTo(new Verdict.Stop(new Lapse(Clock.RUNNING, TEN)));
    }

    @Test
    void a_task_moves_its_deadline() {
        var limits = limits(Optional.of(TEN), Optional.empty(), Optional.empty());
        assertThat(limits.look(0, false, pulse(0, 5 * SECOND), 11 * SECOND)).isEqualTo(new Verdict.Wait(4 * SECOND));
        assertThat(limits.look(0, false, pulse(0, 5 * SECOND), 15 * SECOND))
                .isEqualTo(new Verdict.Stop(new Lapse(Clock.RUNNING, Duration.ofSeconds(15))));
    }

    @Test
    void the_soft_limit_strikes_once() {
        var limits = limits(Optional.of(TEN), Optional.empty(), Optional.of(FOUR));
        assertThat(limits.look(0, false, Pulse.NONE, 4 * SECOND))
                .isEqualTo(new Verdict.Interrupt(new Lapse(Clock.SOFT, FOUR)));
        assertThat(limits.look(0, true, Pulse.NONE, 4 * SECOND)).isEqualTo(new Verdict.Wait(6 * SECOND));
    }

    @Test
    void limits_longer_than_any_clock_do_not_overflow() {
        var limits = limits(Optional.of(FOR_EVER), Optional.of(FOUR), Optional.of(FOR_EVER));
        long extra = Ticks.of(FOR_EVER);
        assertThat(limits.look(0, false, pulse(0, extra), SECOND)).isEqualTo(new Verdict.Wait(3 * SECOND));
        assertThat(limits.look(-SECOND, false, pulse(0, extra), 4 * SECOND))
                .isEqualTo(new Verdict.Stop(new Lapse(Clock.SILENCE, FOUR)));
    }
}
