package io.forkloom.examples;

import io.forkloom.Outcome;
import io.forkloom.ProcessPool;
import io.forkloom.RemoteException;
import io.forkloom.TaskFailedException;
import java.util.Arrays;

/** C4, exceptions: what a task throws arrives at its caller with type, message, fields and the worker's stack. */
public final class RemoteFailure {
    private RemoteFailure() {}

    /** What this program's task throws; an exception of one's own, with a field. */
    static final class BadPrice extends Exception {
        private static final long serialVersionUID = 1;
        final int line;

        BadPrice(int line, NumberFormatException cause) {
            super("line " + line + " has no price", cause);
            this.line = line;
        }
    }

    /** An exception that cannot travel. */
    static final class Unsendable extends Exception {
        private static final long serialVersionUID = 1;

        @SuppressWarnings({"serial", "UnusedVariable"}) // on purpose: a thread cannot be serialised
        private final Thread thrower = Thread.currentThread();

        Unsendable(String message) {
            super(message);
        }
    }

    public static void main(String[] args) throws InterruptedException {
        try (var pool = ProcessPool.open(c -> c.workers(1).heap("128m"))) {
            try {
                var _ = pool.call(RemoteFailure::price, "pear\tsoon", 8);
            } catch (TaskFailedException e) {
                IO.println(e.getMessage());
                IO.println("the caller's stack: " + methods(e));
                if (e.getCause() instanceof BadPrice bad) {
                    IO.println("the original, with its field: line = " + bad.line);
                    IO.println("the worker's stack: " + methods(bad));
                    IO.println("the original's cause: " + bad.getCause());
                }
            }

            // The same without exceptions: how a task ended is a value.
            var handle = pool.submit(RemoteFailure::greet, " ");
            switch (handle.await()) {
                case Outcome.Failed<String>(RemoteException stand, var _) -> {
                    IO.println("an exception that cannot travel, described: " + stand);
                    IO.println("the worker's stack: " + methods(stand));
                }
                case Outcome<String> other -> IO.println("did not expect " + other);
            }
        }
    }

    static int price(String line, int number) throws BadPrice {
        try {
            return Integer.parseInt(line.split("\t", -1)[1]);
        } catch (NumberFormatException e) {
            throw new BadPrice(number, e);
        }
    }

    static String greet(String name) throws Unsendable {
        if (name.isBlank()) {
            throw new Unsendable("nobody to greet");
        }
        return "hello " + name;
    }

    /** Those of this class, the innermost first. */
    private static String methods(Throwable thrown) {
        return Arrays.stream(thrown.getStackTrace())
                .filter(frame -> frame.getClassName().equals(RemoteFailure.class.getName()))
                .map(StackTraceElement::getMethodName)
                .toList()
                .toString();
    }
}
