package io.forkloom.bench.peers;

import io.forkloom.bench.Measurement.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The C program, compiled for this run. */
final class FloorInC implements Peer {
    private static final long COMPILING_SECONDS = 60;

    private final Path program;

    private FloorInC(Path program) {
        this.program = program;
    }

    /** @param folder for the program; the caller removes it */
    static FloorInC compile(Path folder) throws PeerException {
        var source = folder.resolve("pingpong.c");
        var program = folder.resolve("pingpong");
        try {
            Files.write(source, Sources.read("pingpong.c"));
            var compiler = new ProcessBuilder("cc", "-O2", "-o", program.toString(), source.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("cc.txt").toFile())
                    .start();
            if (!compiler.waitFor(COMPILING_SECONDS, TimeUnit.SECONDS)) {
                compiler.destroyForcibly();
                throw new PeerException("cc has not ended after " + COMPILING_SECONDS + " s");
            }
            if (compiler.exitValue() != 0) {
                throw new PeerException(
                        "cc: " + Files.readString(folder.resolve("cc.txt")).strip());
            }
            return new FloorInC(program);
        } catch (IOException e) {
            throw new PeerException("no C compiler: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PeerException("interrupted", e);
        }
    }

    @Override
    public String name() {
        return "c";
    }

    @Override
    public String version() {
        return "C on a Unix domain socket, two processes";
    }

    @Override
    public Session open(List<String> words, boolean fresh) throws PeerException {
        var command = new ArrayList<>(List.of(program.toString()));
        command.addAll(words);
        var process = AskedProgram.start(name(), command, new byte[0]);
        process.answer();
        return process;
    }
}
