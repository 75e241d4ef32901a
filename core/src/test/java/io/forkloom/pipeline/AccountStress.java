package io.forkloom.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Random pipelines with random failures, cancels and sources that throw; each account is checked against own counts. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AccountStress {
    @Test
    void every_item_that_was_read_comes_to_exactly_one_end() throws Exception {
        for (int seed = 0; seed < 1_000; seed++) {
            new Round(seed).check();
        }
    }

    private static final class Round {
        private final int seed;
        private final Random random;
        private final AtomicLong read = new AtomicLong();
        private final Queue<Integer> done = new ConcurrentLinkedQueue<>();
        private final List<DeadLetter> dead = new ArrayList<>(); // one at a time is promised
        private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
        private final int items;
        private final int failsBelow; // of 1,000
        private final int throwsAt;

        Round(int seed) {
            this.seed = seed;
            this.random = new Random(seed);
            this.items = random.nextInt(500);
            this.failsBelow = random.nextBoolean() ? random.nextInt(300) : 0;
            this.throwsAt = random.nextInt(5) == 0 ? random.nextInt(items + 1) : items;
        }

        void check() throws InterruptedException {
            var pipeline = Pipeline.<Integer>from(this::source).onError(policy());
            for (int stage = random.nextInt(3); stage > 0; stage--) {
                pipeline = pipeline.<Integer>io("stage" + stage, 1 + random.nextInt(6), this::work);
                if (random.nextBoolean()) {
                    pipeline = pipeline.onError(policy());
                }
            }
            var run = pipeline.sink("store", 1 + random.nextInt(6), item -> done.add(work(item)))
                    .start();
            var cancelsAt = random.nextInt(3) == 0 ? random.nextInt(items + 1) : Integer.MAX_VALUE;
            while (cancelsAt < Integer.MAX_VALUE && read.get() < cancelsAt && !run.hasEnded()) {
                Thread.onSpinWait();
            }
            if (cancelsAt < Integer.MAX_VALUE) {
                run.cancel("at " + cancelsAt);
            }
            verify(run);
        }

        private void verify(PipelineRun run) throws InterruptedException {
            Account account;
            var complete = true;
            try {
                account = run.await();
                complete = run.cancelReason().isEmpty();
            } catch (PipelineFailedException failed) {
                account = failed.account();
                complete = false;
            }
            var what = "seed " + seed + ": " + account;
            assertThat(account.read()).as(what).isEqualTo(read.get());
            assertThat(account.done()).as(what).isEqualTo(done.size());
            assertThat(done).as(what).doesNotHaveDuplicates();
            assertThat(account.dead()).as(what).isEqualTo(dead.size());
            assertThat(account.read())
                    .as(what)
                    .isEqualTo(account.done() + account.skipped() + account.dead() + account.cancelled());
            if (complete) {
                assertThat(account.cancelled()).as(what).isZero();
                assertThat(account.read()).as(what).isEqualTo(items);
            }
            assertThat(account.stages()).as(what).allMatch(stage -> stage.busy() == 0);
            assertThat(threads).as(what).noneMatch(Thread::isAlive);
        }

        private Iterator<Integer> source() {
            return Stream.iterate(0, n -> n < items, n -> n + 1)
                    .peek(n -> {
                        threads.add(Thread.currentThread());
                        if (n == throwsAt) {
                            throw new IllegalStateException("source");
                        }
                        read.incrementAndGet();
                    })
                    .iterator();
        }

        private int work(int item) throws Exception {
            threads.add(Thread.currentThread());
            // Of the item and not of the random source, which threads must not share: a round repeats by its seed.
            var dice = new Random(seed * 1_000L + item);
            if (dice.nextInt(1_000) < failsBelow) {
                throw dice.nextBoolean() ? new IOException("unlucky") : new InterruptedException("own");
            }
            return item;
        }

        private OnError policy() {
            return switch (random.nextInt(8)) {
                case 0 -> OnError.fail();
                case 1, 2 -> OnError.skip();
                case 3, 4 -> OnError.deadLetter(dead::add);
                case 5 -> OnError.retry(1 + random.nextInt(3)).thenSkip();
                case 6 -> OnError.retry(1 + random.nextInt(3)).thenDeadLetter(dead::add);
                default ->
                    OnError.retry(2).retryIf(IOException.class::isInstance).thenFail();
            };
        }
    }
}
