package io.forkloom.bench.rows;

import io.forkloom.async.TaskGroup;
import io.forkloom.bench.Figure;
import io.forkloom.bench.Measurement;
import io.forkloom.bench.Scale;
import io.forkloom.bench.Unit;
import io.forkloom.bench.peers.AskedProgram;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/**
 * What a subtask takes that waits: of the heap, counted after a collection, with all that it keeps alive (its thread and
 * stack, its place in the group, its place in the queue of what it waits for); and of what the process has
 * grown by (RSS) since it began, which has also what the collector has not given back. In a JVM of its own.
 */
final class Parked implements Measurement {
    @Override
    public List<Figure> figures() {
        return List.of(new Figure("async.parked.rss", Unit.BYTES), new Figure("async.parked", Unit.BYTES));
    }

    @Override
    public int rounds(Scale scale) {
        return scale.of(3, 1);
    }

    @Override
    public Optional<PeerWork> peers(Scale scale) {
        return Optional.of(PeerWork.of(List.of("uvloop", "asyncio"), "loop.parked", count(scale))
                .inFreshProcesses());
    }

    private static int count(Scale scale) {
        return scale.of(100_000, 2_000);
    }

    @Override
    public Session open(Scale scale) {
        return () -> {
            try (var program = AskedProgram.ofJava(Program.class, Integer.toString(count(scale)))) {
                return program.measure();
            }
        };
    }

    /** What is measured. */
    static final class Program {
        /** Before those that count: a stack that is interpreted is three times as large. */
        private static final int WARM_ROUNDS = 100;

        private static final int OF_A_ROUND = 1_000;

        private Program() {}

        public static void main(String[] args) throws Exception {
            int count = Integer.parseInt(args[0]);
            AskedProgram.serve(() -> {
                // Before anything is done: else those that count would find pages that the warm-up has left.
                long resident = Memory.settled().resident();
                for (int i = 0; i < WARM_ROUNDS; i++) {
                    park(Math.min(OF_A_ROUND, count), () -> {});
                }
                var before = new Memory(Memory.settled().heap(), resident);
                var figures = new double[2];
                park(count, () -> System.arraycopy(Memory.settled().since(before, count), 0, figures, 0, 2));
                return figures;
            });
        }

        private static void park(int count, Caller.Step meanwhile) throws Exception {
            var gate = new Semaphore(0);
            try (var group = TaskGroup.open()) {
                for (int i = 0; i < count; i++) {
                    var _ = group.forkAction(gate::acquire);
                }
                while (gate.getQueueLength() < count) {
                    Thread.sleep(1);
                }
                meanwhile.run();
                gate.release(count);
                group.join();
            }
        }
    }
}
