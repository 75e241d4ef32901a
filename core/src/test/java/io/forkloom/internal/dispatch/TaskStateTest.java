package io.forkloom.internal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.forkloom.event.CrashReport;
import io.forkloom.internal.dispatch.TaskState.Ended;
import io.forkloom.internal.dispatch.TaskState.Event;
import io.forkloom.internal.dispatch.TaskState.Given;
import io.forkloom.internal.dispatch.TaskState.Struck;
import io.forkloom.internal.dispatch.TaskState.Waiting;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class TaskStateTest {
    private static final Ending CANCELLED = new Ending.Cancelled("enough");
    private static final Ending LOST = new Ending.NotStarted("lost");
    private static final Ending.Answered ANSWER = new Ending.Answered(false, "7");

    @Test
    void an_answer_ends_a_given_task() {
        assertThat(new Given().next(new Event.Answer(ANSWER))).isEqualTo(new Ended(ANSWER));
    }

    @Test
    void a_task_that_was_not_started_waits_again_when_its_worker_is_lost() {
        assertThat(new Given().next(new Event.Return())).isEqualTo(new Waiting());
    }

    @Test
    void a_struck_task_keeps_its_verdict_whatever_comes_late() {
        var struck = new Given().next(new Event.Strike(true, CANCELLED));
        assertThat(struck).isEqualTo(new Struck(CANCELLED));
        assertThat(struck.next(new Event.Answer(ANSWER))).isEqualTo(struck);
        assertThat(struck.next(new Event.Lose(LOST, CrashReport.NONE))).isEqualTo(new Ended(CANCELLED));
        assertThat(struck.next(new Event.Abandon())).isEqualTo(new Ended(CANCELLED));
    }

    @Test
    void a_waiting_task_is_struck_without_dying() {
        assertThat(new Waiting().next(new Event.Strike(false, CANCELLED))).isEqualTo(new Ended(CANCELLED));
    }

    @Property
    void no_sequence_of_events_ends_a_task_twice_or_brings_it_back(@ForAll("events") List<Event> events) {
        TaskState state = new Waiting();
        for (var event : events) {
            var next = state.next(event);
            if (state instanceof Ended) {
                assertThat(next).isSameAs(state);
            }
            if (state instanceof Struck(var verdict)) {
                assertThat(next).isIn(state, new Ended(verdict));
            }
            state = next;
        }
    }

    @Property
    void from_every_state_a_strike_and_the_loss_of_the_worker_lead_to_the_end(@ForAll("events") List<Event> events) {
        TaskState state = new Waiting();
        for (var event : events) {
            state = state.next(event);
        }
        var ended = state.next(new Event.Strike(true, CANCELLED)).next(new Event.Lose(LOST, CrashReport.NONE));
        assertThat(ended).isInstanceOf(Ended.class);
    }

    @Provide
    Arbitrary<List<Event>> events() {
        return Arbitraries.of(
                        new Event.Give(),
                        new Event.Answer(ANSWER),
                        new Event.Lose(LOST, CrashReport.NONE),
                        new Event.Return(),
                        new Event.Strike(true, CANCELLED),
                        new Event.Strike(false, CANCELLED),
                        new Event.Abandon())
                .map(Event.class::cast)
                .list()
                .ofMaxSize(30);
    }
}
