package io.forkloom.cli.crawl.view;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * What happened in a stretch of a crawl.
 *
 * @param nanos how long it was
 * @param bytes that were fetched
 * @param fill how full each part was in the mean
 * @param held for how many nanoseconds each bottleneck held up the crawl
 */
public record Slice(
        long nanos,
        long done,
        long failed,
        long skipped,
        long fetched,
        long bytes,
        Fill fill,
        Map<Bottleneck.Kind, Long> held) {

    /** How full the stages and the workers were, and the share of the journal, each from 0 to 1. */
    public record Fill(double fetch, double parse, double deliver, double workers, double journal) {

        static Fill of(Gauges now) {
            return new Fill(
                    now.fetch().share(),
                    now.parse().share(),
                    now.deliver().share(),
                    now.workers() == 0 ? 0 : Math.min(1, (double) now.busy() / now.workers()),
                    now.journal());
        }

        private Fill mean(double weight, Fill other, double otherWeight) {
            double all = Math.max(1, weight + otherWeight);
            return new Fill(
                    (fetch * weight + other.fetch * otherWeight) / all,
                    (parse * weight + other.parse * otherWeight) / all,
                    (deliver * weight + other.deliver * otherWeight) / all,
                    (workers * weight + other.workers * otherWeight) / all,
                    (journal * weight + other.journal * otherWeight) / all);
        }
    }

    /** This stretch and the one that follows it. */
    public Slice plus(Slice next) {
        var both = new EnumMap<Bottleneck.Kind, Long>(Bottleneck.Kind.class);
        both.putAll(held);
        next.held.forEach((kind, time) -> both.merge(kind, time, Long::sum));
        return new Slice(
                nanos + next.nanos,
                done + next.done,
                failed + next.failed,
                skipped + next.skipped,
                fetched + next.fetched,
                bytes + next.bytes,
                fill.mean((double) nanos, next.fill, (double) next.nanos),
                both);
    }

    /** Inputs that came to their end, whatever it was. */
    public long ended() {
        return done + failed + skipped;
    }

    /** What held up the crawl for the longest part of it; empty where nobody looked. */
    public Optional<Bottleneck.Kind> mostHeld() {
        return held.entrySet().stream().max(Map.Entry.comparingByValue()).map(Map.Entry::getKey);
    }

    /** A count of this stretch, as a rate. */
    public double perSecond(long count) {
        return nanos <= 0 ? 0 : 1e9 * (double) count / (double) nanos;
    }
}
