package io.forkloom.cli.crawl.view;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;

/**
 * Sums by name, of which only the largest stay: what is first by one of several orders. When there are twice as many
 * names as may stay, the smallest are dropped, all at once, so that a name costs little even where each comes once. A
 * name that comes back after that begins anew: its sums are lower bounds then, and {@link #complete} says so. Any
 * thread may add.
 */
final class Top<K, V> {
    private final int keep;
    private final BinaryOperator<V> plus;
    private final List<Comparator<V>> orders;
    private final Map<K, V> sums = new HashMap<>();
    private boolean complete = true;

    /** Keeps at least {@code keep} names, and at most twice as many; by each of the orders the largest. */
    Top(int keep, BinaryOperator<V> plus, List<Comparator<V>> orders) {
        this.keep = keep;
        this.plus = plus;
        this.orders = orders;
    }

    synchronized void add(K name, V value) {
        sums.merge(name, value, plus);
        if (sums.size() >= 2 * keep) {
            dropSmallest();
        }
    }

    private void dropSmallest() {
        complete = false;
        var stay = new HashSet<K>();
        for (var order : orders) {
            ranked(order, keep / orders.size()).forEach(entry -> stay.add(entry.getKey()));
        }
        sums.keySet().retainAll(stay);
    }

    private List<Map.Entry<K, V>> ranked(Comparator<V> order, int most) {
        return sums.entrySet().stream()
                .sorted(Map.Entry.<K, V>comparingByValue(order).reversed())
                .limit(most)
                .toList();
    }

    /** The largest by this order, the largest first. */
    synchronized List<Map.Entry<K, V>> largest(Comparator<V> order, int most) {
        return ranked(order, most).stream()
                .map(entry -> Map.entry(entry.getKey(), entry.getValue()))
                .toList();
    }

    synchronized int size() {
        return sums.size();
    }

    /** Whether no name was ever dropped, and every sum is exact. */
    synchronized boolean complete() {
        return complete;
    }
}
