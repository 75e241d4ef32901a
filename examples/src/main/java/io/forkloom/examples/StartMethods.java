package io.forkloom.examples;

import io.forkloom.ProcessPool;
import io.forkloom.TaskContext;
import io.forkloom.TaskFailedException;
import io.forkloom.event.WorkerId;
import java.util.Locale;

/**
 * C8, start methods. There is one, and it is what Python calls spawn: a worker is a new JVM. It does not run this program's
 * {@code main}, so no guard is needed there; and a task cannot open a pool by mistake. What a fork would have inherited,
 * an initialiser loads; what a fork server would have saved, a spare does: it stands by, started.
 */
public final class StartMethods {
    private static String model = "not loaded";

    private StartMethods() {}

    public static void main(String[] args) throws InterruptedException {
        model = "loaded by main";
        try (var pool = ProcessPool.open(c -> c.workers(1).heap("128m"))) {
            long parent = pool.call(StartMethods::parent);
            IO.println("a worker is a child of this process: "
                    + (parent == ProcessHandle.current().pid()));
            IO.println("static fields are its own: here " + model + ", there " + pool.call(() -> model));
            IO.println("where am I: here " + where() + ", there " + pool.call(StartMethods::where));
            try {
                IO.println("did not expect " + pool.call(StartMethods::nested, false));
            } catch (TaskFailedException e) {
                IO.println("a pool within a pool: " + e.getCause());
            }
            IO.println("where it is meant: " + pool.call(StartMethods::nested, true));
        }

        try (var pool = ProcessPool.open(
                c -> c.workers(1).spares(1).heap("128m").initializer(() -> model = "loaded by the initialiser"))) {
            var outcome = pool.submit(StartMethods::die).await();
            IO.println("a worker has " + outcome.getClass().getSimpleName().toLowerCase(Locale.ROOT)
                    + "; in the spare that follows it the model is " + pool.call(() -> model));
        }
    }

    /** The question to ask where code runs here and there. */
    static String where() {
        return TaskContext.find()
                .map(TaskContext::worker)
                .map(WorkerId::toString)
                .map("worker "::concat)
                .orElse("no worker");
    }

    static long parent() {
        return ProcessHandle.current().parent().orElseThrow().pid();
    }

    static boolean die() {
        Runtime.getRuntime().halt(9);
        return true;
    }

    /** Runs in a worker, and wants workers of its own. */
    static int nested(boolean meant) throws InterruptedException {
        try (var inner = ProcessPool.open(c -> {
            c.workers(1).heap("64m");
            if (meant) {
                c.allowNested();
            }
        })) {
            return inner.call(() -> 6 * 7);
        }
    }
}
