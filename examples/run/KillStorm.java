// Two workers, a steady load, and 200 SIGKILLs at random moments: every task ends as exactly one outcome, and nothing
// is left. Run it with:  ./forkloom run examples/run/KillStorm.java [KILLS] [SEED]

import io.forkloom.*;
import io.forkloom.event.*;
import java.io.*;
import java.util.*;
import java.util.concurrent.*;
import java.util.concurrent.atomic.*;

static long busy(long n) {
    long sum = 0;
    for (long i = 0; i < n * 1_000; i++) {
        sum += i % 7;
    }
    return sum;
}

void main(String[] args) throws Exception {
    int kills = args.length > 0 ? Integer.parseInt(args[0]) : 200;
    long seed = args.length > 1 ? Long.parseLong(args[1]) : System.nanoTime();
    IO.println("seed " + seed + ", " + kills + " kills");
    var random = new Random(seed);
    try (var first = ProcessPool.open(c -> c.workers(1).heap("64m").output(WorkerOutput.DISCARD))) {
        first.call((Long size) -> busy(size), 1L); // the JDK opens some files for itself at the first need
    }
    int descriptors = descriptors();

    var outcomes = new ConcurrentSkipListMap<String, AtomicLong>();
    var wrong = new AtomicLong();
    var stop = new AtomicBoolean();
    var living = ConcurrentHashMap.<Long>newKeySet();
    PoolStats stats;
    try (var pool = ProcessPool.open(c -> c.workers(2).heap("64m").output(WorkerOutput.DISCARD))) {
        pool.subscribe(event -> {
            switch (event) {
                case PoolEvent.WorkerReady(var id, long pid, var after) -> living.add(pid);
                case PoolEvent.WorkerEnded(var exit, var report) -> living.remove(exit.pid());
                default -> {}
            }
        });
        var load = new ArrayList<Thread>();
        for (int t = 0; t < 8; t++) {
            long n = 10 + 40 * t;
            load.add(Thread.startVirtualThread(() -> {
                while (!stop.get()) {
                    try {
                        var outcome = pool.submit((Long size) -> busy(size), n).await();
                        outcomes.computeIfAbsent(outcome.getClass().getSimpleName(), name -> new AtomicLong())
                                .incrementAndGet();
                        if (outcome instanceof Outcome.Completed<Long>(var value, var task) && value != busy(n)) {
                            wrong.incrementAndGet();
                        }
                    } catch (InterruptedException e) {
                        return;
                    }
                }
            }));
        }
        for (int killed = 0; killed < kills; ) {
            Thread.sleep(random.nextInt(20, 200));
            var pids = List.copyOf(living);
            if (!pids.isEmpty()) {
                long pid = pids.get(random.nextInt(pids.size()));
                if (ProcessHandle.of(pid).map(ProcessHandle::destroyForcibly).orElse(false)) {
                    living.remove(pid);
                    killed++;
                }
            }
        }
        stop.set(true);
        for (var thread : load) {
            thread.join();
        }
        stats = pool.stats();
    }

    long seen = outcomes.values().stream().mapToLong(AtomicLong::get).sum();
    long processes = ProcessHandle.current().descendants().count();
    String[] files = new File(System.getProperty("java.io.tmpdir"))
            .list((folder, name) -> name.startsWith("forkloom-" + ProcessHandle.current().pid() + "-"));
    IO.println(stats);
    IO.println("outcomes seen " + outcomes + ", wrong values " + wrong + ", processes left " + processes
            + ", descriptors " + descriptors + " -> " + descriptors() + ", files left " + Arrays.toString(files));
    boolean exact = seen == stats.submitted() && stats.ended() == stats.submitted() && stats.running() == 0;
    boolean clean = processes == 0 && files.length == 0 && descriptors() <= descriptors && wrong.get() == 0;
    IO.println(exact && clean ? "exact and clean" : "NOT exact or NOT clean");
    System.exit(exact && clean ? 0 : 1);
}

int descriptors() {
    var open = new File("/proc/self/fd").list();
    return open == null ? 0 : open.length;
}
