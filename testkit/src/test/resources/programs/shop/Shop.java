package shop;

import io.forkloom.*;
import java.io.Serializable;
import java.util.*;
import java.util.concurrent.CompletableFuture;

/** A program for class loaders and modules of all kinds. */
public final class Shop {
    public interface Rule { String name(); }
    public static final class Plain implements Rule { public String name() { return "plain"; } }
    record Order(int price) implements Serializable {}

    private static Order total(int... prices) { return new Order(Arrays.stream(prices).sum()); }

    static List<String> rules() {
        var names = new ArrayList<String>();
        ServiceLoader.load(Rule.class).forEach(rule -> names.add(rule.name()));
        return names;
    }

    static String module() { return Shop.class.getModule().getName() + " " + ProcessPool.class.getModule().isNamed(); }

    public static void main(String[] args) throws Exception {
        try (var pool = ProcessPool.open(c -> c.workers(1).heap("64m"))) {
            // Joined on a thread whose context class loader is the system's.
            Order order = CompletableFuture.supplyAsync(() -> joined(pool)).join();
            System.out.println(order + " by " + Shop.class.getClassLoader().getClass().getSimpleName());
            System.out.println("services " + pool.call(Shop::rules));
            System.out.println(pool.call(Shop::module));
        }
    }

    private static Order joined(TaskPool pool) {
        try {
            return pool.call(prices -> total(prices), new int[] {40, 2});
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
