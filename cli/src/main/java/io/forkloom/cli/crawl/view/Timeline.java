package io.forkloom.cli.crawl.view;

import java.util.ArrayList;
import java.util.List;

/**
 * What happened when, in at most {@link #MOST} slices: when there are as many, each two neighbours become one, and from
 * then on a slice takes twice as many samples. So a crawl of a night has as many as one of five minutes. Not
 * thread-safe.
 */
final class Timeline {
    static final int MOST = 240;

    private List<Slice> slices = new ArrayList<>();
    private int samplesPerSlice = 1;
    private int samplesInLast;

    void add(Slice sample) {
        if (samplesInLast > 0 && samplesInLast < samplesPerSlice) {
            slices.add(slices.removeLast().plus(sample));
            samplesInLast++;
            return;
        }
        if (slices.size() == MOST) {
            halve();
        }
        slices.add(sample);
        samplesInLast = 1;
    }

    private void halve() {
        var half = new ArrayList<Slice>(MOST);
        for (int i = 0; i < MOST; i += 2) {
            half.add(slices.get(i).plus(slices.get(i + 1)));
        }
        slices = half;
        samplesPerSlice *= 2;
    }

    /** All slices, and what came after the last sample. */
    List<Slice> with(Slice rest) {
        var all = new ArrayList<>(slices);
        // A rate over a moment says nothing: it goes with the slice before.
        boolean moment = !all.isEmpty() && 2 * rest.nanos() < all.getFirst().nanos();
        all.add(moment ? all.removeLast().plus(rest) : rest);
        return all;
    }
}
