package io.forkloom.internal.scope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Cancellation is a level: it stays, whatever becomes of the interrupt. */
class ScopeTest {
    private final Member me = Scopes.here();

    /** A scope with one thread in it. */
    private final class Around extends Scope {
        Around() {
            super(me.innermost());
            begin();
            me.enter(this);
        }

        @Override
        protected List<Member> members() {
            return List.of(me);
        }

        void leave() {
            end();
            me.leave(this);
        }
    }

    @AfterEach
    void nothing_is_left_behind() {
        assertThat(me.innermost()).isNull();
        Scopes.forgetIfOutside(me);
        assertThat(Scopes.current()).isNull();
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void a_thread_in_no_scope_is_never_cancelled() {
        assertThatNoException().isThrownBy(Scopes::check);
    }

    @Test
    void every_check_within_a_cancelled_scope_throws_also_where_the_interrupt_was_swallowed() {
        var scope = new Around();
        assertThat(scope.cancel("enough")).isTrue();
        assertThat(Thread.interrupted()).isTrue();
        for (int i = 0; i < 2; i++) {
            assertThatExceptionOfType(InterruptedException.class)
                    .isThrownBy(Scopes::check)
                    .withMessage("enough");
        }
        scope.leave();
        assertThatNoException().isThrownBy(Scopes::check);
    }

    @Test
    void only_the_first_reason_counts() {
        var scope = new Around();
        assertThat(scope.cancel("first")).isTrue();
        assertThat(scope.cancel("second")).isFalse();
        assertThat(scope.reason()).isEqualTo("first");
        scope.leave();
    }

    @Test
    void an_interrupt_of_ours_ends_with_its_scope() {
        var scope = new Around();
        scope.cancel("enough");
        scope.leave();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void an_interrupt_of_somebody_else_stays() {
        var scope = new Around();
        Thread.currentThread().interrupt();
        scope.leave();
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void cancelling_reaches_the_scopes_within_and_not_those_around() {
        var outer = new Around();
        var inner = new Around();
        inner.cancel("inner");
        assertThat(outer.cancelled()).isNull();
        inner.leave();
        assertThatNoException().isThrownBy(Scopes::check);

        var next = new Around();
        outer.cancel("outer");
        assertThat(next.cancelled()).isSameAs(outer);
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
        next.leave();
        assertThat(Thread.currentThread().isInterrupted())
                .as("the level still holds")
                .isTrue();
        outer.leave();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void a_shield_keeps_the_level_and_the_interrupt_away_until_it_ends() {
        var scope = new Around();
        scope.cancel("enough");
        var shield = new Shield(scope);
        me.enter(shield);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        assertThatNoException().isThrownBy(Scopes::check);
        me.leave(shield);
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
        assertThatExceptionOfType(InterruptedException.class).isThrownBy(Scopes::check);
        scope.leave();
    }
}
