package io.forkloom.bench.front;

import io.forkloom.bench.Figure;
import io.forkloom.bench.Measurement;
import io.forkloom.bench.Scale;
import io.forkloom.bench.Unit;
import io.forkloom.bench.peers.AskedProgram;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Many clients ask for a fixed time of a processor each, all at once, while a probe asks for nothing: how long the probe
 * waits, and which share of the machine computes for the clients.
 *
 * @param place where is computed: inline, thread or process
 */
public record Front(String place) implements Measurement {
    private static final long PROBE_MILLIS = 20;

    /** Requests a second, if the processors did nothing else. */
    private static double most(Scale scale) {
        return Runtime.getRuntime().availableProcessors() * 1e3 / millis(scale);
    }

    private static int millis(Scale scale) {
        return scale.of(200, 5);
    }

    @Override
    public List<Figure> figures() {
        String name = "front." + place;
        return List.of(
                new Figure(name + ".probe.p99", Unit.MILLISECONDS),
                new Figure(name + ".probe.p50", Unit.MILLISECONDS),
                new Figure(name + ".throughput", Unit.TIMES));
    }

    /** What freezes takes long, and is as bad each time. */
    @Override
    public int rounds(Scale scale) {
        return place.equals("process") ? scale.of(3, 1) : 1;
    }

    @Override
    public Optional<PeerWork> peers(Scale scale) {
        return Optional.of(
                PeerWork.of(List.of("aiohttp"), "front." + place, millis(scale)).then(answer -> load(answer, scale)));
    }

    @Override
    public Session open(Scale scale) throws Exception {
        var server = AskedProgram.ofJava(FrontServer.class, place, Integer.toString(millis(scale)));
        return new Session() {
            @Override
            public double[] measure() throws Exception {
                return load(server.measure(), scale);
            }

            @Override
            public void close() {
                server.close();
            }
        };
    }

    /** @param answer of the server: its port */
    private static double[] load(double[] answer, Scale scale) throws IOException {
        var seen = Load.run((int) answer[0], scale.of(100, 4), PROBE_MILLIS);
        return new double[] {seen[0], seen[1], seen[2] / most(scale)};
    }
}
