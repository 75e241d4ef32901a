package io.forkloom.bench.rows;

import io.forkloom.ProcessPool;
import io.forkloom.TaskHandle;
import io.forkloom.bench.Figure;
import io.forkloom.bench.Measurement;
import io.forkloom.bench.Scale;
import io.forkloom.bench.Unit;
import io.forkloom.event.WatchEvent;
import io.forkloom.watch.Watch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Logger;

/**
 * From the moment at which virtual threads hold all carriers until a listener hears the name of one: the worker JVMs of a pool
 * compute on all processors meanwhile.
 */
final class WatchNamed implements Measurement {
    /** Held, or what was configured is forgotten. */
    private static final Logger LOG = Logger.getLogger("io.forkloom");

    private static final int CARRIERS = Runtime.getRuntime().availableProcessors();

    private static volatile boolean enough;
    private static volatile double result;

    @Override
    public List<Figure> figures() {
        return List.of(
                new Figure("watch.named", Unit.MILLISECONDS), new Figure("watch.named.worst", Unit.MILLISECONDS));
    }

    @Override
    public int rounds(Scale scale) {
        return 1;
    }

    @Override
    public Session open(Scale scale) {
        int times = scale.of(30, 1);
        return () -> {
            LOG.setUseParentHandlers(false); // it is told by an event here
            try (var pool = ProcessPool.open()) {
                var busy = new ArrayList<TaskHandle<Integer>>();
                for (int i = 0; i < pool.workers(); i++) {
                    busy.add(pool.submit(WatchNamed::burn));
                }
                var millis = new double[times];
                for (int i = 0; i < times; i++) {
                    millis[i] = millisToName(i);
                }
                busy.forEach(each -> each.cancel("measured"));
                Arrays.sort(millis);
                return new double[] {millis[times / 2], millis[times - 1]};
            } finally {
                LOG.setUseParentHandlers(true);
            }
        };
    }

    /** In the worker, until it is killed. */
    private static int burn() {
        while (true) {
            result = Math.sqrt(result + 1);
        }
    }

    /** A watch tells each stack once, so there is one for each time. */
    private static double millisToName(int phase) throws Exception {
        var named = new CompletableFuture<Long>();
        enough = false;
        try (var _ = Watch.open(c -> c.listener(event -> {
            if (event instanceof WatchEvent.Blocked) {
                named.complete(System.nanoTime());
            }
        }))) {
            Thread.sleep(300 + 7L * phase); // at any time between two of its steps
            var holding = new CountDownLatch(CARRIERS);
            var hogs = new ArrayList<Thread>();
            for (int i = 0; i < CARRIERS; i++) {
                hogs.add(Thread.ofVirtual().start(() -> hold(holding)));
            }
            holding.await();
            long from = System.nanoTime();
            double millis = (named.get() - from) / 1e6;
            enough = true;
            for (var hog : hogs) {
                hog.join();
            }
            return millis;
        }
    }

    private static void hold(CountDownLatch holding) {
        holding.countDown();
        while (!enough) {
            result = Math.sqrt(result + 1);
        }
    }
}
