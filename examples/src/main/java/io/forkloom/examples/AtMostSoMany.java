package io.forkloom.examples;

import io.forkloom.async.Limiter;
import io.forkloom.async.Rate;
import io.forkloom.async.RateLimiter;
import io.forkloom.async.TaskGroup;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * B10, at most so many: ten fetches of half a second, five at once, are two waves. The limiter knows who has its permits, and can
 * be made larger while it is used; another one bounds how many begin in a second.
 */
public final class AtMostSoMany {
    private AtMostSoMany() {}

    public static void main(String[] args) throws InterruptedException {
        var limiter = Limiter.of("fetches", 5);
        var running = new AtomicInteger();
        var most = new AtomicInteger();
        var begin = Instant.now();
        try (var group = TaskGroup.open("fetch")) {
            for (int i = 0; i < 10; i++) {
                int page = i;
                group.forkAction(() -> {
                    try (var _ = limiter.acquire("page " + page)) {
                        most.accumulateAndGet(running.incrementAndGet(), Math::max);
                        Thread.sleep(500);
                        running.decrementAndGet();
                    }
                });
            }
            while (limiter.stats().waiting() < 5) {
                Thread.sleep(1);
            }
            IO.println("held: " + limiter.borrowers().size() + ", waiting: "
                    + limiter.stats().waiting());
            group.join();
        }
        long millis = Duration.between(begin, Instant.now()).toMillis();
        IO.println("time: " + millis + " ms");
        IO.println("two waves: " + (millis >= 1_000) + ", at most " + most + " at once");

        limiter.resize(20);
        IO.println("more for the next ones: " + limiter.stats().limit());

        var rate = RateLimiter.of("requests", Rate.of(100, Duration.ofSeconds(1)));
        var first = Instant.now();
        for (int i = 0; i < 11; i++) {
            rate.acquire();
        }
        IO.println("11 requests at 100 a second take 100 ms: "
                + (Duration.between(first, Instant.now()).toMillis() >= 99));
    }
}
