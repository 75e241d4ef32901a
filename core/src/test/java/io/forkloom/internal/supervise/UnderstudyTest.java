package io.forkloom.internal.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import io.forkloom.internal.time.Alarms;
import io.forkloom.internal.transport.Link;
import io.forkloom.internal.transport.Rendezvous;
import io.forkloom.internal.wire.Frame;
import io.forkloom.internal.wire.Frame.Function;
import io.forkloom.internal.wire.Frame.Ready;
import io.forkloom.internal.wire.Frame.Rehearse;
import io.forkloom.internal.wire.Frame.Study;
import io.forkloom.internal.wire.Payload;
import io.forkloom.internal.wire.RemoteCall;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What those who stand by are told over a real link, whose other end is read here. */
@Timeout(60)
class UnderstudyTest {
    private final Alarms alarms = new Alarms("test-alarms");
    private final Repertoire repertoire = new Repertoire(() -> List.of(call(1)));
    private final Understudy understudy = new Understudy(repertoire);
    private Rendezvous rendezvous;
    private Link pool;
    private Link worker;

    @BeforeEach
    void meet() throws Exception {
        rendezvous = Rendezvous.open();
        rendezvous.listen();
        var met = CompletableFuture.supplyAsync(this::connect);
        pool = rendezvous.accept(3, 1 << 20, "test");
        worker = met.get();
    }

    private Link connect() {
        try {
            return Rendezvous.connect(rendezvous.socket(), rendezvous.ledger(), rendezvous.secret(), 3, 1 << 20);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterEach
    void part() throws IOException {
        alarms.close();
        pool.close();
        worker.close();
        rendezvous.close();
    }

    private static RemoteCall call(long function) {
        return new RemoteCall(function, new byte[] {(byte) function}, Payload.NONE);
    }

    /** What the worker hears before the pool says that it is ready, which pools do not. */
    private List<Frame> heard() throws IOException {
        pool.send(new Ready());
        var frames = new ArrayList<Frame>();
        for (var frame = worker.read(); !(frame instanceof Ready); frame = worker.read()) {
            frames.add(frame);
        }
        return frames;
    }

    private void hears(Class<? extends Frame> kind, long function) throws IOException {
        assertThat(worker.read())
                .isInstanceOfSatisfying(
                        Function.class, defined -> assertThat(defined.id()).isEqualTo(function));
        assertThat(worker.read()).isInstanceOf(kind).extracting(Frame::id).isEqualTo(function);
    }

    @Test
    void it_rehearses_and_studies_what_there_is_one_thing_at_a_time() throws Exception {
        repertoire.add(call(5), alarms);
        repertoire.add(call(6), alarms);
        understudy.standBy(pool);
        hears(Rehearse.class, 1);
        assertThat(heard()).isEmpty();
        understudy.learnt();
        hears(Study.class, 5);
        assertThat(heard()).isEmpty();
        understudy.learnt();
        hears(Study.class, 6);
        understudy.learnt();
        assertThat(heard()).isEmpty();
    }

    @Test
    void it_hears_of_new_functions_while_it_stands_by() throws Exception {
        understudy.standBy(pool);
        hears(Rehearse.class, 1);
        understudy.learnt();
        repertoire.add(call(7), alarms);
        hears(Study.class, 7);
    }

    @Test
    void one_that_serves_is_told_nothing_more() throws Exception {
        repertoire.add(call(5), alarms);
        understudy.standBy(pool);
        hears(Rehearse.class, 1);
        understudy.serve();
        understudy.learnt();
        assertThat(heard()).isEmpty();
    }

    @Test
    void one_that_serves_before_it_could_stand_by_does_not() throws Exception {
        understudy.serve();
        understudy.standBy(pool);
        assertThat(heard()).isEmpty();
    }

    @Test
    void of_many_functions_the_latest_are_studied() throws Exception {
        for (int function = 1; function <= Repertoire.MOST; function++) {
            repertoire.add(call(function), alarms);
        }
        repertoire.add(call(1), alarms); // of another worker: it is in use
        repertoire.add(call(99), alarms);
        var functions = repertoire.join(understudy);
        assertThat(functions).hasSize(Repertoire.MOST);
        assertThat(functions)
                .extracting(RemoteCall::function)
                .doesNotContain(2L)
                .endsWith(1L, 99L);
    }
}
