package io.forkloom.testkit;

import io.forkloom.ProcessPool;
import io.forkloom.WorkerOutput;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Pools under random load, with faults of every kind from inside and signals from outside, drawn from a seed. At the end
 * the account must be exact and nothing may be left: {@code make soak SECONDS=60 SEED=42}.
 *
 * <pre>
 *   for each round, a new pool:
 *     12 SoakLoads, virtual threads: draw, submit, await, check ----> SoakAccount <---- the pool's events
 *     SoakTroubles: kill, stop and continue workers                       |
 *     close, with tasks under way                                         +--> check against PoolStats
 *   then Leaks
 * </pre>
 *
 * The seed decides what is drawn; when it happens is the machine's affair.
 */
final class Soak {
    private static final int LOADS = 12;

    private final Random dice;

    private Soak(long seed) {
        this.dice = new Random(seed);
    }

    /** Seconds and seed; a minute and a fresh one where they are missing. */
    @SuppressWarnings("SystemOut")
    public static void main(String[] args) throws InterruptedException {
        int seconds = args.length > 0 && !args[0].isEmpty() ? Integer.parseInt(args[0]) : 60;
        long seed = args.length > 1 && !args[1].isEmpty() ? Long.parseLong(args[1]) : System.nanoTime();
        System.out.println("soak of " + seconds + " s, seed " + seed);
        var wrong = run(seed, Duration.ofSeconds(seconds));
        wrong.forEach(System.out::println);
        System.out.println(wrong.isEmpty() ? "exact and clean" : "NOT exact or NOT clean: seed " + seed);
        System.exit(wrong.isEmpty() ? 0 : 1);
    }

    /** What is wrong in the end, in words. */
    static List<String> run(long seed, Duration time) throws InterruptedException {
        var soak = new Soak(seed);
        // The JDK opens descriptors for its own use at the first need, and keeps them.
        var _ = soak.round(0, Duration.ofMillis(1));
        var leaks = Leaks.snapshot();
        var wrong = new ArrayList<String>();
        long until = System.nanoTime() + time.toNanos();
        for (int round = 1; until - System.nanoTime() > 0; round++) {
            long longest = 2_000L + soak.dice.nextInt(18_000);
            long left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime()) + 1;
            wrong.addAll(soak.round(round, Duration.ofMillis(Math.min(longest, left))));
        }
        try {
            leaks.assertNone();
        } catch (AssertionError e) {
            wrong.add(e.getMessage());
        }
        return wrong;
    }

    @SuppressWarnings("SystemOut")
    private List<String> round(int number, Duration time) throws InterruptedException {
        int workers = 1 + dice.nextInt(3);
        int least = 1 + dice.nextInt(workers);
        int spares = dice.nextInt(3) / 2;
        int recycled = dice.nextInt(2) * (1 + dice.nextInt(50));
        int queue = 1 + dice.nextInt(32);
        var drain = Duration.ofSeconds(dice.nextInt(2) * 20L);
        var end = new CountDownLatch(1);
        var account = new SoakAccount();
        var troubles = new SoakTroubles(new Random(dice.nextLong()), end);
        // Signals hit workers that start, too: that many in a row are no reason to give up here.
        var pool = ProcessPool.open(c -> {
            c.workers(least, workers)
                    .idleShrink(Duration.ofMillis(500))
                    .spares(spares)
                    .queue(queue, "16m")
                    .drain(drain)
                    .heap("64m")
                    .restarts(1_000, Duration.ofSeconds(10))
                    .output(WorkerOutput.DISCARD);
            if (recycled > 0) {
                c.recycleAfter(recycled);
            }
        });
        var table = pool.broadcast(SoakWork.table());
        var _ = pool.subscribe(account::hear);
        var _ = pool.subscribe(troubles::hear);
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < LOADS; i++) {
            threads.add(
                    Thread.startVirtualThread(new SoakLoad(pool, table, account, new Random(dice.nextLong()), end)));
        }
        threads.add(Thread.startVirtualThread(troubles));
        Thread.sleep(time);
        end.countDown();
        pool.close();
        for (var thread : threads) {
            if (!thread.join(Duration.ofSeconds(90))) {
                account.complain("it still waits when the pool is closed: " + List.of(thread.getStackTrace()));
            }
        }
        for (var thread : listeners()) {
            thread.join(); // what was told last is heard
        }
        var wrong = account.check(pool.stats(), troubles.kills());
        if (number > 0) {
            System.out.println("round " + number + ", " + time.toMillis() + " ms, " + least + " to " + workers
                    + " workers, " + spares + " spares, recycled after " + recycled + ", queue of " + queue + ", drain "
                    + drain.toSeconds() + " s, " + troubles.kills() + " kills from outside: "
                    + account);
        }
        return wrong;
    }

    private static List<Thread> listeners() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("forkloom-events"))
                .toList();
    }
}
