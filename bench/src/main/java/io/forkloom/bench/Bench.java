package io.forkloom.bench;

import io.forkloom.bench.Measurement.PeerWork;
import io.forkloom.bench.Measurement.Session;
import io.forkloom.bench.peers.Peer;
import io.forkloom.bench.peers.PeerException;
import io.forkloom.bench.peers.Peers;
import io.forkloom.bench.rows.Rows;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs measurements: ours and the peers in turn, and the medians to the report. */
public final class Bench {
    private final Scale scale;
    private final Peers peers;
    private final Report report;

    public Bench(Scale scale, Peers peers, Report report) {
        this.scale = scale;
        this.peers = peers;
        this.report = report;
    }

    /** The names that can be asked for: rows, and the beginnings of names that several have. */
    public static List<String> names() {
        return Rows.all().stream()
                .flatMap(each -> each.figures().stream())
                .map(Figure::name)
                .toList();
    }

    /** Whether a name means something here: {@code call.noop.p50}, {@code call.noop} or {@code call}. */
    public static boolean isName(String wanted) {
        return names().stream().anyMatch(name -> matches(name, wanted));
    }

    /** All that are wanted; everything where nothing is said. */
    public static List<Measurement> wanted(List<String> names) {
        return Rows.all().stream()
                .filter(each -> names.isEmpty()
                        || each.figures().stream()
                                .anyMatch(figure -> names.stream().anyMatch(name -> matches(figure.name(), name))))
                .toList();
    }

    private static boolean matches(String name, String wanted) {
        return name.equals(wanted) || name.startsWith(wanted + ".");
    }

    /** Runs them one after the other; whether all of them gave their figures. A peer that fails only misses. */
    public boolean run(List<Measurement> measurements) throws InterruptedException {
        boolean all = true;
        for (var measurement : measurements) {
            measurement.note(scale).ifPresent(report::say);
            try {
                report(measurement, measure(measurement));
            } catch (InterruptedException e) {
                throw e;
            } catch (Exception e) {
                all = false;
                report.say(measurement.figures().getFirst().name() + " failed: " + e);
            }
        }
        return all;
    }

    /** The values of all goes, by who did them; ours has no name. */
    private Map<String, List<double[]>> measure(Measurement measurement) throws Exception {
        var goes = new LinkedHashMap<String, List<double[]>>();
        var sessions = new LinkedHashMap<String, Session>();
        try {
            var ours = measurement.open(scale);
            sessions.put("", ours);
            measurement.peers(scale).or(ours::peers).ifPresent(work -> invite(work, sessions));
            for (int round = 0; round < measurement.rounds(scale); round++) {
                for (String who : List.copyOf(sessions.keySet())) {
                    take(who, sessions, goes);
                }
            }
            return goes;
        } finally {
            for (var session : sessions.values()) {
                session.close();
            }
        }
    }

    private void invite(PeerWork work, Map<String, Session> sessions) {
        for (Peer peer : peers.among(work.names())) {
            try {
                sessions.put(peer.name(), work.complete(peer.open(work.words(), work.fresh())));
            } catch (PeerException e) {
                report.say("peer " + e.getMessage());
            }
        }
    }

    private void take(String who, Map<String, Session> sessions, Map<String, List<double[]>> goes) throws Exception {
        var session = sessions.get(who);
        if (session == null) {
            return;
        }
        try {
            goes.computeIfAbsent(who, key -> new ArrayList<>()).add(session.measure());
        } catch (PeerException e) {
            if (who.isEmpty()) {
                throw e; // a program of ours
            }
            report.say("peer " + e.getMessage());
            sessions.remove(who);
            goes.remove(who);
            session.close();
        }
    }

    private void report(Measurement measurement, Map<String, List<double[]>> goes) {
        var figures = measurement.figures();
        for (int i = 0; i < figures.size(); i++) {
            var figure = figures.get(i);
            double ours = median(goes.getOrDefault("", List.of()), i);
            report.row(new Row(figure, ours));
            for (var each : goes.entrySet()) {
                if (!each.getKey().isEmpty() && i < each.getValue().getFirst().length) {
                    compare(figure, ours, each.getKey(), median(each.getValue(), i));
                }
            }
        }
    }

    private void compare(Figure figure, double ours, String peer, double theirs) {
        report.row(Row.of("peer." + figure.name() + "." + peer, theirs, figure.unit()));
        report.row(Row.of("ratio." + figure.name() + "." + peer, figure.unit().ratio(ours, theirs), Unit.TIMES));
    }

    private static double median(List<double[]> goes, int figure) {
        return Samples.median(
                goes.stream().mapToDouble(values -> values[figure]).toArray());
    }
}
