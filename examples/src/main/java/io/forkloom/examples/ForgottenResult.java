package io.forkloom.examples;

import io.forkloom.ProcessPool;
import io.forkloom.TaskPool;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * B13, the forgotten result. {@code pool.submit(…)} alone on its line does not compile where ErrorProne looks, as it does
 * here, because the method is marked {@code @CheckReturnValue}. Who says {@code var _ =} has meant it; if that task fails, and
 * nobody can look at it any more, the log says so, once.
 */
public final class ForgottenResult {
    private static final Logger LOG = Logger.getLogger("io.forkloom");

    private ForgottenResult() {}

    public static void main(String[] args) throws InterruptedException {
        var told = new LinkedBlockingQueue<String>();
        LOG.addHandler(into(told));
        LOG.setUseParentHandlers(false); // this program prints what is logged itself
        try (var pool = ProcessPool.open(c -> c.workers(1).heap("128m"))) {
            forget(pool);
            lookAt(pool);
            IO.println("logged: " + nextOf(told));
            forgetAnother(pool);
            IO.println("logged: " + nextOf(told)); // the next failure, not the same once more
        }
    }

    private static void forget(TaskPool pool) throws InterruptedException {
        // pool.submit(ForgottenResult::parse, "twelve");    error: [CheckReturnValue]
        var _ = pool.submit(ForgottenResult::parse, "twelve");
        var _ = pool.submit(() -> parse("12")); // goes well: nobody has to know
    }

    private static void lookAt(TaskPool pool) throws InterruptedException {
        var handle = pool.submit(() -> parse("thirteen"));
        IO.println("looked at: " + handle.await().getClass().getSimpleName());
    }

    private static void forgetAnother(TaskPool pool) throws InterruptedException {
        var _ = pool.submit(() -> parse("fourteen"));
    }

    static int parse(String number) {
        return Integer.parseInt(number);
    }

    /** The garbage collector finds what was dropped, sooner or later; here it is asked to. */
    private static String nextOf(BlockingQueue<String> told) throws InterruptedException {
        while (told.isEmpty()) {
            System.gc();
            Thread.sleep(10);
        }
        return told.take();
    }

    private static Handler into(BlockingQueue<String> told) {
        return new Handler() {
            @Override
            public void publish(LogRecord warning) {
                told.add(warning.getLevel() + " " + warning.getMessage());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
    }
}
