package io.forkloom.examples;

import io.forkloom.ProcessPool;
import io.forkloom.SerialisationException;
import io.forkloom.TaskFailedException;
import io.forkloom.TaskPool;
import java.io.Serializable;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.List;

/**
 * A7, the border: what goes to a worker or comes back is copied as bytes, so only what can be serialised crosses. For
 * anything else the error says which object it was, where it was held, and what to do.
 */
public final class Border {
    /** Not serialisable, like every record that does not say so. */
    record Customer(String name) {}

    /** Says that it is, and holds something that is not. */
    record Order(int number, Customer customer) implements Serializable {}

    private final int discount = 10;

    private Border() {}

    public static void main(String[] args) throws InterruptedException {
        try (var pool = ProcessPool.open(c -> c.workers(1).heap("128m"))) {
            var sent = new ArrayList<>(List.of("a", "b"));
            var back = pool.call(Border::add, sent);
            IO.println("a copy crosses: the worker made " + back + " of it, here it is still " + sent);

            attempt("an argument", () -> pool.call(Border::name, new Customer("Ada")));
            attempt("a field of it", () -> pool.call(Border::number, new Order(7, new Customer("Ada"))));
            var orders = new ArrayList<Object>(List.of("good", new Customer("Ben")));
            attempt("an element", () -> pool.call(Border::count, orders));
            try (var http = HttpClient.newHttpClient()) {
                attempt("a captured value", () -> pool.call(() -> http.version().name()));
            }
            new Border().captureThis(pool);
            attempt("a result", () -> pool.call(() -> new Customer("Cleo")));

            IO.println("none of them has cost the worker: " + pool.call(() -> 6 * 7) + ", by "
                    + pool.stats().started() + " worker");
        }
    }

    /** A lambda that uses a field of the object around it would have to take that object along. */
    private void captureThis(TaskPool pool) throws InterruptedException {
        attempt("the object around", () -> pool.call(price -> price - discount, 100));
    }

    static List<String> add(List<String> list) {
        list.add("c");
        return list;
    }

    static String name(Customer customer) {
        return customer.name();
    }

    static int number(Order order) {
        return order.number();
    }

    static int count(List<Object> list) {
        return list.size();
    }

    private interface Call {
        Object run() throws InterruptedException;
    }

    private static void attempt(String what, Call call) throws InterruptedException {
        try {
            IO.println(what + ": did not expect " + call.run());
        } catch (SerialisationException e) { // at once: nothing was submitted
            IO.println(what + ": " + e.getMessage());
        } catch (TaskFailedException e) { // in the worker
            IO.println(what + ": " + e.getCause());
        }
    }
}
