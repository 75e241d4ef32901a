package io.forkloom.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.jdi.Bootstrap;
import com.sun.jdi.LocalVariable;
import com.sun.jdi.ReferenceType;
import com.sun.jdi.VirtualMachine;
import com.sun.jdi.connect.AttachingConnector;
import com.sun.jdi.event.BreakpointEvent;
import com.sun.jdi.event.ClassPrepareEvent;
import com.sun.jdi.event.EventSet;
import com.sun.jdi.event.VMDisconnectEvent;
import io.forkloom.Outcome.Crashed;
import io.forkloom.Outcome.OutOfMemory;
import io.forkloom.ProcessPool;
import io.forkloom.Retry;
import io.forkloom.SerialisationException;
import io.forkloom.TaskOptions;
import io.forkloom.event.PoolEvent.WorkerReady;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** A real debugger, JDI, at the worker of a pool. */
class DebugIT extends FaultCase {
    /** The one class in which there is a breakpoint. */
    static final class Stepped {
        private Stepped() {}

        static int twice(int number) {
            return 2 * number;
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static VirtualMachine attach(int port) throws Exception {
        AttachingConnector connector = Bootstrap.virtualMachineManager().attachingConnectors().stream()
                .filter(each -> each.transport().name().equals("dt_socket"))
                .findFirst()
                .orElseThrow();
        var arguments = connector.defaultArguments();
        Objects.requireNonNull(arguments.get("hostname")).setValue("127.0.0.1");
        Objects.requireNonNull(arguments.get("port")).setValue(Integer.toString(port));
        return connector.attach(arguments);
    }

    /** Lets it run until it is about to do that; it is suspended then. */
    private static BreakpointEvent runTo(VirtualMachine machine, Class<?> type, String method) throws Exception {
        var prepared = machine.eventRequestManager().createClassPrepareRequest();
        prepared.addClassFilter(type.getName());
        prepared.enable();
        machine.resume();
        while (true) {
            EventSet events = machine.eventQueue().remove();
            for (var event : events) {
                switch (event) {
                    case ClassPrepareEvent loaded -> stopAt(machine, loaded.referenceType(), method);
                    case BreakpointEvent reached -> {
                        return reached;
                    }
                    case VMDisconnectEvent gone -> throw new AssertionError("the worker is gone: " + gone);
                    default -> {}
                }
            }
            events.resume();
        }
    }

    private static void stopAt(VirtualMachine machine, ReferenceType type, String method) throws Exception {
        var where = type.methodsByName(method).getFirst().allLineLocations().getFirst();
        machine.eventRequestManager().createBreakpointRequest(where).enable();
    }

    @Test
    void a_debugger_stops_the_worker_in_a_task_and_sees_its_variables_while_no_deadline_counts() throws Exception {
        int port = freePort();
        try (var pool = open(3, c -> c.debug(port).startLimit(Duration.ofMillis(1)))) {
            assertThat(pool.workers()).isEqualTo(1);
            var patient = pool.with(TaskOptions.NONE
                    .withDeadline(Duration.ofMillis(1))
                    .withWaitLimit(Duration.ofMillis(1))
                    .withSilenceLimit(Duration.ofMillis(1)));
            var handle = patient.submit(Stepped::twice, 21);
            var machine = attach(port);
            var reached = runTo(machine, Stepped.class, "twice");
            var frame = reached.thread().frame(0);
            LocalVariable number = frame.visibleVariables().getFirst();
            assertThat(frame.getValue(number)).hasToString("21");
            assertThat(handle.poll()).isEmpty();
            machine.dispose(); // the worker goes on without
            assertThat(handle.join()).isEqualTo(42);
            assertThat(pool.map(Stepped::twice, List.of(1, 2)).within(Duration.ofNanos(1)))
                    .containsExactly(2, 4);
        }
    }

    @Test
    void a_worker_that_waits_for_a_debugger_does_not_hold_up_close_and_other_visitors_do_not_wake_it()
            throws Exception {
        int port = freePort();
        try (var pool = open(1, c -> c.debug(port).drain(Duration.ZERO).grace(Duration.ofMillis(100)))) {
            var waiting = pool.submit(Work::square, 3);
            try (var visitor = new Socket(InetAddress.getLoopbackAddress(), port)) {
                visitor.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                assertThat(visitor.getInputStream().read()).isNegative(); // shown the door
            }
            assertThat(waiting.poll()).isEmpty();
        }
    }

    @Test
    void a_worker_that_was_killed_is_followed_by_one_for_the_next_debugger() throws Exception {
        int port = freePort();
        try (var pool = open(1, c -> c.debug(port));
                var probe = new EventProbe(pool)) {
            var lost = pool.submit(Stepped::twice, 1);
            var first = attach(port);
            runTo(first, Stepped.class, "twice");
            signal("KILL", probe.await(WorkerReady.class, 1).getFirst().pid());
            assertThat(lost.await()).isInstanceOf(Crashed.class);
            var next = pool.submit(Stepped::twice, 2);
            var second = attach(port);
            runTo(second, Stepped.class, "twice");
            second.dispose();
            assertThat(next.join()).isEqualTo(4);
        }
    }

    @Test
    void a_retry_waits_for_the_next_debugger_in_a_worker_like_the_first() throws Exception {
        int port = freePort();
        try (var pool = open(1, c -> c.debug(port))) {
            var greedy = pool.with(TaskOptions.retry(Retry.onOutOfMemory(2).withHeap("128m")))
                    .submit(Faults::heapOutOfMemory, 1 << 20);
            for (int i = 0; i < 2; i++) {
                attach(port).dispose(); // which lets it go
            }
            var outcome = greedy.await();
            assertThat(outcome).isInstanceOf(OutOfMemory.class);
            assertThat(outcome.task().earlier()).hasSize(1);
        }
    }

    @Test
    void a_port_that_is_taken_is_refused_by_open() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            assertThatThrownBy(() -> open(1, c -> c.debug(taken.getLocalPort())).close())
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("port " + taken.getLocalPort());
        }
    }

    @Test
    void an_open_that_fails_gives_its_port_back() throws Exception {
        int port = freePort();
        var lock = new Object();
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> open(1, c -> c.debug(port).initializer(lock::notifyAll))
                            .close())
                    .isInstanceOf(SerialisationException.class);
        }
    }

    static final class Debugged {
        public static void main(String[] args) throws Exception {
            try (var pool = ProcessPool.open(c -> c.heap("64m").debug(Integer.parseInt(args[0])))) {
                System.out.println(pool.call(Stepped::twice, 4));
            }
        }
    }

    @Test
    void when_the_program_is_killed_its_worker_ends_whether_it_waits_for_a_debugger_or_stands_at_a_breakpoint()
            throws Exception {
        for (boolean attached : List.of(false, true)) {
            int port = freePort();
            var program = Programs.start(Debugged.class, Map.of(), List.of(Integer.toString(port)));
            try (var lines = program.inputReader(StandardCharsets.UTF_8)) {
                assertThat(lines.lines()
                                .filter(line -> line.contains("waits for a debugger at localhost:" + port))
                                .findFirst())
                        .isPresent();
                var worker = ProcessHandle.of(Leaks.workerProcesses().iterator().next())
                        .orElseThrow();
                if (attached) {
                    runTo(attach(port), Stepped.class, "twice");
                }
                program.toHandle().destroyForcibly();
                program.waitFor();
                worker.onExit().join();
            }
        }
    }
}
