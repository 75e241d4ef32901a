package io.forkloom.examples;

import io.forkloom.ProcessPool;
import io.forkloom.TaskFunction;
import java.io.Serializable;
import java.util.List;
import java.util.Locale;

/** C11, lambdas: in Python an error, here they just work, with what they capture. */
public final class Lambdas {
    private Lambdas() {}

    record Rate(String currency, double factor) implements Serializable {
        String convert(double amount) {
            return amount * factor + " " + currency;
        }
    }

    public static void main(String[] args) throws InterruptedException {
        try (var pool = ProcessPool.open(c -> c.workers(2).heap("128m"))) {
            IO.println("captures nothing: " + pool.call(() -> 6 * 7));

            var name = "Ada";
            var years = List.of(1815, 1852);
            IO.println("captures a string and a list: " + pool.call(() -> name + " " + years));

            var rate = new Rate("EUR", 0.5);
            IO.println("captures a record: " + pool.call(() -> rate.convert(30)));
            IO.println("a method of an object: " + pool.call(rate::convert, 40.0));
            IO.println("a constructor: " + pool.call(Rate::new, "USD", 2.0));

            TaskFunction<String, String> shout = text -> text.toUpperCase(Locale.ROOT) + "!";
            TaskFunction<String, String> twice = text -> shout.apply(shout.apply(text));
            IO.println("captures a lambda: " + pool.call(twice, "hello"));
            var greetings = pool.map(text -> name + " and " + text, List.of("Ben", "Cleo"));
            IO.println("in a map: " + greetings.toList());
        }
    }
}
