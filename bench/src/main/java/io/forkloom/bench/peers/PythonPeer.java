package io.forkloom.bench.peers;

import io.forkloom.bench.Measurement.Session;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * One of Python's process pools, loops or servers. The scripts are sent over standard input and make a folder of their
 * own, so the interpreter may live where our files are not: {@code chroot}, a container.
 */
final class PythonPeer implements Peer {
    /**
     * A group of its own, so that Ctrl-C comes from us, and in order; but the same session, because Linux shares processors
     * between sessions. Workers that are not forked import the module.
     */
    private static final String BOOT = """
            import os, shutil, sys, tempfile
            os.setpgid(0, 0)
            folder = tempfile.mkdtemp(prefix='forkloom-peer-')
            try:
                while head := sys.stdin.buffer.readline().decode().split():
                    with open(folder + '/' + head[0], 'wb') as script:
                        script.write(sys.stdin.buffer.read(int(head[1])))
                sys.path.insert(0, folder)
                import forkloom_peer
                forkloom_peer.main(*sys.argv[1:], last=lambda: shutil.rmtree(folder, True))
            finally:
                shutil.rmtree(folder, True)
            """;

    private static final List<String> SCRIPTS = List.of(
            "forkloom_peer.py", "forkloom_loop.py", "forkloom_front.py", "forkloom_crawl.py", "forkloom_images.py");

    private static final String READY = "ready ";

    private final String name;
    private final List<String> python;
    private final String version;

    private PythonPeer(String name, List<String> python, String version) {
        this.name = name;
        this.python = python;
        this.version = version;
    }

    /** Throws where this Python does not have it. */
    static PythonPeer find(String name, List<String> python) throws PeerException {
        try (var asked = start(name, python, List.of("version"))) {
            String answer = asked.answer();
            if (!answer.startsWith(READY)) {
                throw new PeerException(answer.replaceFirst("^absent ", ""));
            }
            return new PythonPeer(name, python, answer.substring(READY.length()));
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

    private AskedProgram open(List<String> words) throws PeerException {
        var process = start(name, python, words);
        process.answer();
        return process;
    }

    private static AskedProgram start(String name, List<String> python, List<String> words) throws PeerException {
        var command = new ArrayList<>(python);
        command.addAll(List.of("-c", BOOT, name));
        command.addAll(words);
        var input = new ByteArrayOutputStream();
        try {
            for (String file : SCRIPTS) {
                byte[] script = Sources.read(file);
                input.write((file + " " + script.length + "\n").getBytes(StandardCharsets.UTF_8));
                input.write(script);
            }
            input.write('\n');
        } catch (IOException e) {
            throw new PeerException(name + ": " + e.getMessage(), e);
        }
        return AskedProgram.start(name, command, input.toByteArray());
    }
}
