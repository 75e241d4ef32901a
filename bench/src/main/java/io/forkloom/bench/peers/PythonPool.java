package io.forkloom.bench.peers;

import io.forkloom.bench.Measurement.Session;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * One of Python's process pools. The script is sent over standard input and makes a folder of its own, so the interpreter
 * may live where our files are not: {@code chroot}, a container.
 */
final class PythonPool implements Peer {
    /**
     * A group of its own, so that Ctrl-C comes from us, and in order; but the same session, because Linux shares processors
     * between sessions. Workers that are not forked import the module.
     */
    private static final String BOOT = """
            import os, shutil, sys, tempfile
            os.setpgid(0, 0)
            folder = tempfile.mkdtemp(prefix='forkloom-peer-')
            try:
                size = int(sys.stdin.buffer.readline())
                with open(folder + '/forkloom_peer.py', 'wb') as script:
                    script.write(sys.stdin.buffer.read(size))
                sys.path.insert(0, folder)
                import forkloom_peer
                forkloom_peer.main(*sys.argv[1:], last=lambda: shutil.rmtree(folder, True))
            finally:
                shutil.rmtree(folder, True)
            """;

    private static final String READY = "ready ";

    private final String name;
    private final List<String> python;
    private final String version;

    private PythonPool(String name, List<String> python, String version) {
        this.name = name;
        this.python = python;
        this.version = version;
    }

    /** Throws where this Python does not have it. */
    static PythonPool find(String name, List<String> python) throws PeerException {
        try (var asked = start(name, python, List.of("version"))) {
            String answer = asked.answer();
            if (!answer.startsWith(READY)) {
                throw new PeerException(answer.replaceFirst("^absent ", ""));
            }
            return new PythonPool(name, python, answer.substring(READY.length()));
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String version() {
        return version;
    }

    @Override
    public Session open(List<String> words, boolean fresh) throws PeerException {
        return fresh ? () -> measureOnce(words) : open(words);
    }

    private double[] measureOnce(List<String> words) throws PeerException {
        try (var process = open(words)) {
            return process.measure();
        }
    }

    private PeerProcess open(List<String> words) throws PeerException {
        var process = start(name, python, words);
        process.answer();
        return process;
    }

    private static PeerProcess start(String name, List<String> python, List<String> words) throws PeerException {
        var command = new ArrayList<>(python);
        command.addAll(List.of("-c", BOOT, name));
        command.addAll(words);
        var input = new ByteArrayOutputStream();
        try {
            byte[] script = Sources.read("forkloom_peer.py");
            input.write((script.length + "\n").getBytes(StandardCharsets.UTF_8));
            input.write(script);
        } catch (IOException e) {
            throw new PeerException(name + ": " + e.getMessage(), e);
        }
        return PeerProcess.start(name, command, input.toByteArray());
    }
}
