package io.forkloom.async;

import java.time.Duration;

/**
 * So many in so much time, evenly spread.
 *
 * @param burst how many may come at once after a pause; 1 spreads them strictly
 */
public record Rate(int events, Duration per, int burst) {
    public Rate {
        if (events < 1 || burst < 1 || !per.isPositive()) {
            throw new IllegalArgumentException("a rate of " + events + " in " + per + " with a burst of " + burst
                    + " lets nothing through, or everything: all three must be positive");
        }
    }

    public static Rate of(int events, Duration per) {
        return new Rate(events, per, 1);
    }

    public Rate withBurst(int most) {
        return new Rate(events, per, most);
    }
}
