package io.forkloom.testkit;

import io.forkloom.event.PoolEvent;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/** Signals to workers from outside, at moments drawn from a seed: SIGKILL, and SIGSTOP with SIGCONT a little later. */
final class SoakTroubles implements Runnable {
    private final RandomGenerator dice;
    private final CountDownLatch end;
    /** Workers that are ready. The handles know a process that has taken over the number of a dead one. */
    private final Map<Long, ProcessHandle> ready = new ConcurrentHashMap<>();

    /** The longest time between two of them, in ms: there are quiet pools, too. */
    private final int longest;

    private final AtomicLong kills = new AtomicLong();

    SoakTroubles(RandomGenerator dice, CountDownLatch end) {
        this.dice = dice;
        this.end = end;
        this.longest = 200 << dice.nextInt(5);
    }

    /** As listener of the pool. */
    void hear(PoolEvent event) {
        switch (event) {
            case PoolEvent.WorkerReady(var _, long pid, var _) ->
                ProcessHandle.of(pid).ifPresent(handle -> ready.put(pid, handle));
            case PoolEvent.WorkerEnded(var exit, var _) -> ready.remove(exit.pid());
            default -> {}
        }
    }

    /** Kills from outside so far. */
    long kills() {
        return kills.get();
    }

    @Override
    public void run() {
        try {
            while (!end.await(20 + dice.nextInt(longest), TimeUnit.MILLISECONDS)) {
                switch (dice.nextInt(8)) {
                    case 0 -> killAny();
                    case 1, 2 -> pause();
                    default -> killReady();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // nobody does: then there is no more trouble
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private void killReady() {
        var handles = List.copyOf(ready.values());
        if (!handles.isEmpty()) {
            kill(handles.get(dice.nextInt(handles.size())));
        }
    }

    /** Also one that has only just been started, or a child that a task has started. */
    private void killAny() {
        var pids = List.copyOf(Leaks.workerProcesses());
        if (!pids.isEmpty()) {
            ProcessHandle.of(pids.get(dice.nextInt(pids.size()))).ifPresent(this::kill);
        }
    }

    private void kill(ProcessHandle handle) {
        kills.incrementAndGet();
        handle.destroyForcibly();
    }

    private void pause() throws IOException, InterruptedException {
        var handles = List.copyOf(ready.values());
        if (!handles.isEmpty()) {
            var handle = handles.get(dice.nextInt(handles.size()));
            signal("STOP", handle);
            try {
                var _ = end.await(10 + dice.nextInt(300), TimeUnit.MILLISECONDS);
            } finally {
                signal("CONT", handle);
            }
        }
    }

    /** It may be gone by now: then nobody hears it. */
    private static void signal(String name, ProcessHandle to) throws IOException, InterruptedException {
        if (to.isAlive()) {
            new ProcessBuilder("kill", "-" + name, Long.toString(to.pid()))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        }
    }
}
