package io.forkloom.testkit;

import io.forkloom.Task;
import io.forkloom.TaskAction;
import io.forkloom.TaskBiFunction;
import io.forkloom.TaskContext;
import io.forkloom.TaskFunction;
import java.io.FileNotFoundException;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Harmless tasks of the contract suites. */
final class Work {
    private Work() {}

    /** An exception with a field of its own. */
    static final class OrderException extends Exception {
        private static final long serialVersionUID = 1;
        final int order;

        OrderException(String message, int order, Throwable cause) {
            super(message, cause);
            this.order = order;
        }
    }

    /** What it does tells as what it was called. */
    record OfAllKinds()
            implements Task<String>, TaskFunction<String, String>, TaskBiFunction<String, String, String>, TaskAction {
        @Override
        public String call() {
            return "task";
        }

        @Override
        public String apply(String argument) {
            return "function of " + argument;
        }

        @Override
        public String apply(String first, String second) {
            return "function of " + first + " and " + second;
        }

        @Override
        public void act() {
            throw new IllegalStateException("action");
        }
    }

    static int square(int number) {
        return number * number;
    }

    static String join(String first, String second) {
        return first + second;
    }

    static @Nullable String echo(@Nullable String text) {
        return text;
    }

    static byte[] echo(byte[] bytes) {
        return bytes;
    }

    static int first(int[] numbers) {
        return numbers[0];
    }

    static int[] count(int until) {
        return IntStream.range(0, until).toArray();
    }

    static String fail(int order) throws OrderException {
        throw new OrderException(
                "order " + order + " is out of stock", order, new FileNotFoundException("stock-" + order));
    }

    static int failAtSeven(int number) {
        if (number == 7) {
            throw new IllegalArgumentException("seven");
        }
        return number * number;
    }

    static String failWithError(String message) {
        throw new AssertionError(message);
    }

    static String label() {
        return TaskContext.current().label();
    }

    static int slot() {
        return TaskContext.current().worker().slot();
    }

    static boolean interruptYourself() {
        Thread.currentThread().interrupt();
        return true;
    }

    static boolean isInterrupted() {
        return Thread.currentThread().isInterrupted();
    }
}
