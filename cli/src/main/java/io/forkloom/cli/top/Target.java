package io.forkloom.cli.top;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import io.forkloom.cli.InputException;
import io.forkloom.watch.SnapshotReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.management.JMException;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.ReflectionException;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;
import org.jspecify.annotations.Nullable;

/** The program that is looked at. It must be this user's, and have Forkloom on its class path; it needs no flag. */
final class Target implements AutoCloseable {
    private static final String[] INT = {int.class.getName()};

    private final JMXConnector connector;
    private final MBeanServerConnection server;
    private final ObjectName report;

    private Target(JMXConnector connector, MBeanServerConnection server, ObjectName report) {
        this.connector = connector;
        this.server = server;
        this.report = report;
    }

    /** @throws InputException where it cannot be looked at, and why */
    static Target of(long pid) {
        check(pid);
        JMXConnector connector = null;
        try {
            connector = connect(agent(pid));
            var server = connector.getMBeanServerConnection();
            // One for each onlooker: there may be several.
            var report = new ObjectName("io.forkloom:type=Snapshot,onlooker="
                    + ProcessHandle.current().pid());
            server.createMBean(SnapshotReport.class.getName(), report);
            return new Target(connector, server, report);
        } catch (ReflectionException noClass) {
            close(connector);
            throw new InputException(
                    "the program of process " + pid + " has no Forkloom of this version on its class path", noClass);
        } catch (IOException | JMException failure) {
            close(connector);
            throw new InputException("cannot look at process " + pid + ": " + failure.getMessage(), failure);
        }
    }

    /** To attach to what is no JVM can end it: the way there is a signal that only a JVM is sure to catch. */
    private static void check(long pid) {
        var process = ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .orElseThrow(() -> new InputException("there is no process " + pid));
        var user = process.info().user().orElse("");
        var self = ProcessHandle.current().info().user().orElse("");
        if (!user.equals(self)) {
            throw new InputException("process " + pid + " belongs to " + (user.isEmpty() ? "somebody else" : user)
                    + ": run forkloom top as that user");
        }
        boolean known =
                VirtualMachine.list().stream().anyMatch(each -> each.id().equals(Long.toString(pid)));
        if (!known && !hasJvm(pid)) {
            throw new InputException("process " + pid + " is not a Java program");
        }
    }

    /** One that keeps no performance data is not listed. */
    private static boolean hasJvm(long pid) {
        try (var maps = Files.lines(Path.of("/proc/" + pid + "/maps"), StandardCharsets.ISO_8859_1)) {
            return maps.anyMatch(line -> line.contains("libjvm."));
        } catch (IOException | java.io.UncheckedIOException noSuchFileSystem) {
            return false;
        }
    }

    private static String agent(long pid) throws IOException {
        VirtualMachine machine;
        try {
            machine = VirtualMachine.attach(Long.toString(pid));
        } catch (AttachNotSupportedException refused) {
            throw new InputException(
                    "process " + pid + " does not let anybody attach: " + refused.getMessage(), refused);
        }
        try {
            return machine.startLocalManagementAgent();
        } finally {
            machine.detach();
        }
    }

    /** The address is of this machine, and told by the JVM of the program, which is the user's own. */
    @SuppressWarnings("BanJNDI")
    private static JMXConnector connect(String address) throws IOException {
        return JMXConnectorFactory.connect(new JMXServiceURL(address));
    }

    /** @throws IOException where the program has ended */
    String json(int subtasks) throws IOException {
        try {
            return String.valueOf(server.invoke(report, "json", new Object[] {subtasks}, INT));
        } catch (JMException failure) {
            throw new InputException("the program cannot be looked at: " + failure.getMessage(), failure);
        }
    }

    @Override
    public void close() {
        try {
            server.unregisterMBean(report);
        } catch (IOException | JMException ended) {
            // And the bean with it.
        }
        close(connector);
    }

    private static void close(@Nullable JMXConnector connector) {
        if (connector != null) {
            try {
                connector.close();
            } catch (IOException ended) {
                // There is nothing to close any more.
            }
        }
    }
}
