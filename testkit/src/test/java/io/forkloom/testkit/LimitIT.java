package io.forkloom.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.forkloom.Outcome.Failed;
import io.forkloom.ProcessPool;
import io.forkloom.RemoteException;
import io.forkloom.SerialisationException;
import io.forkloom.TaskFunction;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The message limit holds to the byte, in both directions, and what is over it is told and costs nothing else. */
class LimitIT extends FaultCase {
    private static final int LIMIT = 1 << 20;

    /** "has 1048738 bytes, the limit is 1048576", in the singular or the plural. */
    private static final Pattern SIZES = Pattern.compile("ha(?:s|ve) (\\d+) bytes, the limit is (\\d+)");

    private static ProcessPool open() {
        return open(1, c -> c.messageLimit("1m"));
    }

    /** The largest array that passes, from the message about one that does not: what is around it is always as long. */
    private static int largest(Throwable refusal) {
        var sizes = SIZES.matcher(String.valueOf(refusal.getMessage()));
        assertThat(sizes.find()).as(refusal::getMessage).isTrue();
        assertThat(Integer.parseInt(sizes.group(2))).isEqualTo(LIMIT);
        return LIMIT - (Integer.parseInt(sizes.group(1)) - LIMIT);
    }

    private static void works(ProcessPool pool) throws InterruptedException {
        assertThat(pool.call(Work::square, 3)).isEqualTo(9);
        assertThat(pool.stats().started()).isEqualTo(1);
        assertThat(pool.stats().ended()).isEqualTo(pool.stats().submitted());
    }

    private static Throwable cause(ProcessPool pool, TaskFunction<Integer, ?> function, int bytes)
            throws InterruptedException {
        var outcome = pool.submit(function, bytes).await();
        assertThat(outcome).isInstanceOf(Failed.class);
        return ((Failed<?>) outcome).cause();
    }

    static int length(byte[] bytes) {
        return bytes.length;
    }

    @Test
    void an_argument_passes_at_the_limit_and_not_one_byte_over_it() throws Exception {
        try (var pool = open()) {
            var refusal = catchThrowableOfType(
                    SerialisationException.class, () -> pool.call(LimitIT::length, new byte[LIMIT]));
            int largest = largest(refusal);
            assertThat(pool.call(LimitIT::length, new byte[largest - 1])).isEqualTo(largest - 1);
            assertThat(pool.call(LimitIT::length, new byte[largest])).isEqualTo(largest);
            assertThatThrownBy(() -> pool.call(LimitIT::length, new byte[largest + 1]))
                    .isInstanceOf(SerialisationException.class)
                    .hasMessageContaining("arguments of LimitIT::length have " + (LIMIT + 1) + " bytes");
            assertThat(pool.trySubmit(LimitIT::length, new byte[largest])
                            .orElseThrow()
                            .join())
                    .isEqualTo(largest);
            assertThat(pool.stats().submitted()).isEqualTo(3);
            works(pool);
        }
    }

    static byte[] bytes(int count) {
        return new byte[count];
    }

    @Test
    void a_result_passes_at_the_limit_and_not_one_byte_over_it() throws Exception {
        try (var pool = open()) {
            int largest = largest(cause(pool, LimitIT::bytes, LIMIT));
            assertThat(pool.call(LimitIT::bytes, largest - 1)).hasSize(largest - 1);
            assertThat(pool.call(LimitIT::bytes, largest)).hasSize(largest);
            assertThat(cause(pool, LimitIT::bytes, largest + 1))
                    .isInstanceOf(SerialisationException.class)
                    .hasMessageContaining("the result of LimitIT::bytes has " + (LIMIT + 1) + " bytes");
            works(pool);
        }
    }

    /** An exception as large as one likes. */
    static final class Ballast extends RuntimeException {
        private static final long serialVersionUID = 1;
        final byte[] load;

        Ballast(int bytes) {
            super("overboard");
            load = new byte[bytes];
        }
    }

    static String sink(int bytes) {
        if (bytes >= 0) {
            throw new Ballast(bytes);
        }
        return "afloat";
    }

    @Test
    void an_exception_passes_at_the_limit_and_one_byte_over_it_is_described() throws Exception {
        try (var pool = open()) {
            assertThat(cause(pool, LimitIT::sink, 10)).isInstanceOf(Ballast.class);
            var over = cause(pool, LimitIT::sink, LIMIT);
            int largest = largest(over.getSuppressed()[0]);
            assertThat(((Ballast) cause(pool, LimitIT::sink, largest - 1)).load).hasSize(largest - 1);
            assertThat(((Ballast) cause(pool, LimitIT::sink, largest)).load).hasSize(largest);
            var described = (RemoteException) cause(pool, LimitIT::sink, largest + 1);
            assertThat(described.type()).isEqualTo(Ballast.class.getName());
            assertThat(described).hasMessage("overboard");
            assertThat(described.getStackTrace()[0].getMethodName()).isEqualTo("sink");
            assertThat(described.getSuppressed()[0]).hasMessageContaining((LIMIT + 1) + " bytes");
            works(pool);
        }
    }

    static String deep(int depth) {
        if (depth > 0) {
            return deep(depth - 1);
        }
        Throwable cause = new IllegalStateException("the root of it: " + "x".repeat(30_000));
        for (int i = 0; i < 20; i++) {
            cause = new IllegalStateException("link " + i + " " + "y".repeat(30_000), cause);
        }
        throw (IllegalStateException) Objects.requireNonNull(cause);
    }

    @Test
    void the_smallest_limit_leaves_room_for_any_failure() throws Exception {
        try (var pool = open(1, c -> c.messageLimit("1k"))) {
            assertThat(cause(pool, LimitIT::sink, 10).toString()).contains("Ballast");
            assertThat(cause(pool, LimitIT::bytes, 2000)).hasMessageContaining("the result of LimitIT::bytes has");
            assertThat(cause(pool, LimitIT::deep, 2000).toString()).contains("IllegalStateException");
            assertThat(cause(pool, Faults::stackOverflow, 0).toString()).contains("StackOverflowError");
            works(pool);
        }
    }

    static void refuse() {
        deep(2000);
    }

    @Test
    void the_smallest_limit_leaves_room_for_the_failure_of_an_initialiser() throws Exception {
        try (var pool = open(
                        1,
                        c -> c.messageLimit("1k")
                                .restarts(0, java.time.Duration.ofMinutes(1))
                                .initializer(LimitIT::refuse));
                var probe = new EventProbe(pool)) {
            assertThat(probe.await(io.forkloom.event.PoolEvent.PoolBroken.class, 1)
                            .getFirst()
                            .reason())
                    .contains("its initialiser failed")
                    .contains("IllegalStateException: link 19");
        }
    }
}
