package io.forkloom.pipeline;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What has become of the items of a run. Each item that was read comes to one end, so that when the run has ended, in
 * whatever way, {@code read = done + skipped + dead + cancelled}.
 *
 * <p>Items are those of the source, also where they travel in a {@link Pipeline#batch batch}. One that goes to several
 * branches comes to its end with the last of them, and is dead if it is in one, else skipped if it is in one.
 *
 * @param read items that the source has given
 * @param done items that the last stage has finished
 * @param skipped items that a stage dropped by {@link OnError#skip}
 * @param dead items that a dead-letter consumer has taken
 * @param cancelled items that the run did not finish because it was cancelled or failed; the one whose error failed it
 *     is among them. Zero while the run is going on
 * @param stages in their order, branch after branch
 */
public record Account(long read, long done, long skipped, long dead, long cancelled, List<StageCounts> stages) {

    /** Items on their way; zero once the run has ended. */
    public long underWay() {
        return read - done - skipped - dead - cancelled;
    }

    /** {@code 305 read: 300 done, 1 skipped, 4 dead (fetch: 305 in, ...; ...)}; what did not happen is left out. */
    @Override
    public String toString() {
        return read + " read: " + done + " done" + unlessNone(skipped, "skipped") + unlessNone(dead, "dead")
                + unlessNone(cancelled, "cancelled") + unlessNone(underWay(), "under way")
                + stages.stream().map(StageCounts::toString).collect(Collectors.joining("; ", " (", ")"));
    }

    static String unlessNone(long count, String what) {
        return count == 0 ? "" : ", " + count + " " + what;
    }
}
