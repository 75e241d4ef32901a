package io.forkloom.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.forkloom.internal.wire.Frame;
import io.forkloom.internal.wire.Frame.Answer;
import io.forkloom.internal.wire.Frame.Call;
import io.forkloom.internal.wire.Frame.Found;
import io.forkloom.internal.wire.Frame.Want;
import io.forkloom.internal.wire.Payload;
import io.forkloom.internal.wire.ProtocolException;
import io.forkloom.internal.wire.Tail;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Both ends of a real link, within one JVM. */
@Timeout(60)
class LinkTest {
    private static final int LIMIT = 64 << 20;
    private Rendezvous rendezvous;
    private Link pool;
    private Link worker;

    @BeforeEach
    void meet() throws Exception {
        rendezvous = listening();
        var met = CompletableFuture.supplyAsync(() -> connect(rendezvous.secret()));
        pool = rendezvous.accept(3, LIMIT, "test");
        worker = met.get();
    }

    @AfterEach
    void part() throws IOException {
        pool.close();
        worker.close();
        rendezvous.close();
    }

    @Test
    void the_folder_is_private_and_nothing_is_left_of_it() throws IOException {
        var folder = rendezvous.socket().getParent();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                .isEqualTo("rwx------");
        rendezvous.close();
        assertThat(folder).doesNotExist();
    }

    @Test
    void frames_arrive_whole_and_in_order_whatever_their_size() throws Exception {
        int[] sizes = {0, 1, 100, 65_535, 65_536, 131_072, 131_073, 5_000_000, 3};
        for (int i = 0; i < sizes.length; i++) {
            pool.enqueue(new Call(i, 1, Payload.of(filled(sizes[i]))));
        }
        pool.flush();
        for (int i = 0; i < sizes.length; i++) {
            var call = (Call) Objects.requireNonNull(worker.read());
            assertThat(call.ticket()).isEqualTo(i);
            assertThat(call.payload().head()).isEqualTo(filled(sizes[i]));
        }
    }

    @Test
    void arrays_behind_a_payload_arrive_in_arrays_of_their_kind() throws Exception {
        var doubles = new double[300_001];
        Arrays.setAll(doubles, i -> i / 7.0);
        var shorts = new short[70_001];
        for (int i = 0; i < shorts.length; i++) {
            shorts[i] = (short) (i * 7_919);
        }
        Object[] arrays = {doubles, filled(5_000_001), shorts, filled(0), filled(1), new int[] {7}};
        for (int i = 0; i < arrays.length; i++) {
            pool.enqueue(new Call(i, 1, new Payload(filled(i * 50_000), Tail.of(arrays[i]))));
        }
        pool.flush();
        for (int i = 0; i < arrays.length; i++) {
            var payload = Objects.requireNonNull(worker.read()).payload();
            assertThat(payload.head()).isEqualTo(filled(i * 50_000));
            var array = Objects.requireNonNull(payload.tail()).array();
            assertThat(array).isNotSameAs(arrays[i]);
            assertThat(Objects.deepEquals(array, arrays[i])).isTrue();
        }
    }

    /** Nothing is asserted of what a collector does, but that it can. */
    private static void awaitFreed(WeakReference<?> reference) {
        while (!reference.refersTo(null)) {
            System.gc();
        }
    }

    @Test
    void an_array_that_has_crossed_is_held_by_neither_end() throws Exception {
        var sent = new WeakReference<>(filled(3_000_000));
        pool.send(new Call(1, 1, new Payload(filled(1), Tail.of(Objects.requireNonNull(sent.get())))));
        var received = new WeakReference<>(worker.read());
        awaitFreed(sent);
        awaitFreed(received);
    }

    @Test
    void both_ends_can_send_more_than_the_sockets_hold_at_the_same_time() throws Exception {
        var large = filled(8_000_000);
        var echo = Thread.ofPlatform().start(() -> echo(20));
        for (int i = 0; i < 20; i++) {
            pool.send(new Call(
                    i, 1, Payload.of(large))); // returns at once: what the socket does not take is left to the helper
        }
        for (int i = 0; i < 20; i++) {
            assertThat(pool.read())
                    .isInstanceOfSatisfying(
                            Answer.class,
                            answer -> assertThat(answer.payload().head()).isEqualTo(large));
        }
        echo.join();
    }

    @Test
    void an_interrupted_sender_does_not_close_the_link() throws Exception {
        var echo = Thread.ofPlatform().start(() -> echo(100));
        for (int i = 0; i < 100; i++) {
            int ticket = i;
            var sender = Thread.ofVirtual().start(() -> {
                Thread.currentThread().interrupt();
                pool.send(new Call(ticket, 1, Payload.of(filled(300_000))));
            });
            sender.join();
            assertThat(pool.read()).isInstanceOf(Answer.class);
        }
        echo.join();
    }

    @Test
    void many_senders_lose_nothing() throws Exception {
        var senders = new Thread[8];
        for (int t = 0; t < senders.length; t++) {
            senders[t] = Thread.ofVirtual().start(() -> {
                for (int i = 0; i < 2_000; i++) {
                    pool.send(new Call(i, 1, Payload.of(filled(i))));
                }
            });
        }
        for (int i = 0; i < senders.length * 2_000; i++) {
            var call = (Call) Objects.requireNonNull(worker.read());
            assertThat(call.payload().head()).hasSize((int) call.ticket());
        }
        for (var sender : senders) {
            sender.join();
        }
    }

    @Test
    void calls_that_are_not_claimed_are_passed_over() throws Exception {
        var ledger = rendezvous.ledger();
        pool.enqueue(new Call(1, 1, Payload.of(filled(200_000))));
        pool.enqueue(new Call(2, 1, Payload.of(filled(10))));
        ledger.withdraw(2);
        pool.flush();
        assertThat(worker.read(ledger))
                .isInstanceOfSatisfying(
                        Call.class, call -> assertThat(call.ticket()).isEqualTo(2));
    }

    @Test
    void what_a_worker_asks_for_comes_beside_its_calls() throws Exception {
        var large = filled(8_000_000);
        pool.send(new Call(1, 1, Payload.of(filled(300_000)))); // nobody reads it yet
        var asked = CompletableFuture.supplyAsync(() -> {
            try {
                return worker.ask(new Want(false, filled(10)));
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        assertThat(pool.read()).isInstanceOf(Want.class);
        pool.reply(new Found(false, Payload.of(large)));
        assertThat(asked.get())
                .isInstanceOfSatisfying(
                        Found.class, found -> assertThat(found.content().head()).isEqualTo(large));
        assertThat(worker.read()).isInstanceOf(Call.class);
    }

    @Test
    void a_question_to_a_pool_that_is_gone_ends() throws Exception {
        pool.close();
        assertThatThrownBy(() -> worker.ask(new Want(false, filled(10)))).isInstanceOf(IOException.class);
    }

    private static Rendezvous listening() throws IOException {
        var rendezvous = Rendezvous.open();
        rendezvous.listen();
        return rendezvous;
    }

    @Test
    void a_stranger_without_the_secret_is_refused() throws Exception {
        try (var other = listening()) {
            var stranger = CompletableFuture.runAsync(() -> {
                try (var link = Rendezvous.connect(other.socket(), other.ledger(), new byte[32], 3, LIMIT)) {
                    link.read();
                } catch (IOException e) {
                    // refused, as it should be
                }
            });
            assertThatThrownBy(() -> other.accept(3, LIMIT, "test"))
                    .isInstanceOf(ProtocolException.class)
                    .hasMessageContaining("not the worker");
            stranger.get();
        }
    }

    @Test
    void garbage_ends_the_handshake() throws Exception {
        try (var other = listening();
                var one = SocketChannel.open(UnixDomainSocketAddress.of(other.socket()));
                var two = SocketChannel.open(UnixDomainSocketAddress.of(other.socket()))) {
            one.write(java.nio.ByteBuffer.wrap(filled(1_000)));
            two.write(java.nio.ByteBuffer.wrap(filled(1_000)));
            assertThatThrownBy(() -> other.accept(3, LIMIT, "test")).isInstanceOf(ProtocolException.class);
        }
    }

    @Test
    void the_end_of_the_other_side_is_the_end_of_the_stream() throws IOException {
        worker.close();
        assertThat(pool.read()).isNull();
    }

    private Link connect(byte[] secret) {
        try {
            return Rendezvous.connect(rendezvous.socket(), rendezvous.ledger(), secret, 3, LIMIT);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void echo(int times) {
        try {
            for (int i = 0; i < times; i++) {
                Frame frame = worker.read();
                if (!(frame instanceof Call(long ticket, var _, Payload payload))) {
                    throw new IllegalStateException("got " + frame);
                }
                worker.send(new Answer(ticket, false, 1, payload));
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] filled(int size) {
        var bytes = new byte[size];
        for (int i = 0; i < size; i++) {
            bytes[i] = (byte) (i * 31);
        }
        return bytes;
    }
}
