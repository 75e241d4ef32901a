package io.forkloom.internal.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who meets whom, with sockets in the place of a debugger and a worker. */
@Timeout(30)
class DebugPortTest {
    private static final byte[] GREETING = "JDWP-Handshake".getBytes(StandardCharsets.US_ASCII);

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static Socket connect(int port) throws IOException {
        return new Socket(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port);
    }

    private static Socket debugger(int port) throws IOException {
        var socket = connect(port);
        socket.getOutputStream().write(GREETING);
        return socket;
    }

    private static Socket worker(DebugPort at) throws IOException {
        return connect(Integer.parseInt(at.option().replaceAll(".*:", "")));
    }

    @Test
    void a_debugger_that_has_gone_before_the_worker_came_costs_it_nothing() throws Exception {
        int port = freePort();
        try (var meeting = DebugPort.open("test", port)) {
            debugger(port).close();
            try (var worker = worker(meeting);
                    var debugger = debugger(port)) {
                assertThat(worker.getInputStream().readNBytes(GREETING.length)).isEqualTo(GREETING);
                worker.getOutputStream().write(7);
                assertThat(debugger.getInputStream().read()).isEqualTo(7);
            }
        }
    }

    @Test
    void a_debugger_that_waits_gets_the_worker_that_comes() throws Exception {
        int port = freePort();
        try (var meeting = DebugPort.open("test", port);
                var debugger = debugger(port);
                var worker = worker(meeting)) {
            assertThat(worker.getInputStream().readNBytes(GREETING.length)).isEqualTo(GREETING);
            worker.getOutputStream().write(7);
            assertThat(debugger.getInputStream().read()).isEqualTo(7);
        }
    }

    @Test
    void who_connects_and_says_nothing_does_not_outlast_it() throws Exception {
        int port = freePort();
        var meeting = DebugPort.open("test", port);
        try (var silent = connect(port)) {
            silent.setSoTimeout(3_000); // less than the patience with whoever connects
            meeting.close();
            assertThat(isOver(silent)).isTrue();
        }
    }

    private static boolean isOver(Socket connection) throws IOException {
        try {
            return connection.getInputStream().read() < 0;
        } catch (SocketException e) {
            return true; // closed before it was let in
        }
    }
}
