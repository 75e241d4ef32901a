package io.forkloom.cli.crawl.deliver;

import io.forkloom.cli.Console;
import io.forkloom.cli.InputException;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All places of a crawl as one. One thread uses it: it writes a batch, flushes, and notes the positions together with the
 * ends of the batch's inputs.
 *
 * <p><b>Failure.</b> What ends the crawl is an {@link InputException} that says which place failed, and why. What was flushed
 * stays; the places can be opened again at the positions that were noted.
 */
public final class Sinks implements AutoCloseable {
    private record Opened(Target target, Sink sink) {}

    private final List<Opened> opened = new ArrayList<>();
    private final Map<String, Long> positions = new LinkedHashMap<>();
    /** Since the last write. */
    private boolean flushed = true;

    private Sinks() {}

    /** Opens each at its position; where there are none, the crawl begins. */
    static Sinks open(List<Target> targets, Map<String, Long> positions, Console console) {
        refuseOthers(targets, positions);
        var sinks = new Sinks();
        try {
            // A result that one refuses is not to be in those behind.
            targets.stream()
                    .sorted(Comparator.comparing(target -> !target.canRefuse()))
                    .forEach(target -> sinks.open(target, positions.getOrDefault(target.name(), 0L), console));
            return sinks;
        } catch (RuntimeException failure) {
            try (sinks) {
                throw failure;
            }
        }
    }

    /** A place without a position would begin anew, and have a part of the results only. */
    private static void refuseOthers(List<Target> targets, Map<String, Long> positions) {
        var names = targets.stream().map(Target::name).toList();
        if (!positions.isEmpty()
                && !(names.containsAll(positions.keySet()) && positions.keySet().containsAll(names))) {
            throw new InputException("this crawl was begun with other places for its results, "
                    + String.join(" and ", positions.keySet()) + ": give the same --to and --split again, or begin anew"
                    + " with --overwrite");
        }
    }

    private void open(Target target, long position, Console console) {
        try {
            opened.add(new Opened(target, target.open(position, console)));
            positions.put(target.name(), position);
        } catch (IOException failure) {
            throw target.unwritable(failure);
        }
    }

    /**
     * Hands a batch to all of them. Afterwards each parcel says whether it was refused; one that was, is in no place that
     * cannot refuse.
     */
    public void write(List<Parcel> batch) throws InterruptedException {
        flushed = false;
        for (var each : opened) {
            try {
                for (Parcel parcel : batch) {
                    if (parcel.refusal().isEmpty()) {
                        each.sink.write(parcel);
                    }
                }
                if (each.target.canRefuse()) {
                    each.sink.flush();
                }
            } catch (IOException failure) {
                throw explained(each.target, failure);
            }
        }
    }

    /** Waits until all that was written is where it belongs, and gives the positions to note. */
    public Map<String, Long> flush() throws InterruptedException {
        for (var each : opened) {
            try {
                positions.put(each.target.name(), each.sink.flush());
            } catch (IOException failure) {
                throw explained(each.target, failure);
            }
        }
        flushed = true;
        return positions();
    }

    /** An interrupt closes a file that is just written. */
    private static InputException explained(Target target, IOException failure) throws InterruptedException {
        if (failure instanceof ClosedByInterruptException) {
            // The exception takes the place of the flag.
            Thread.interrupted();
            throw new InterruptedException();
        }
        return target.unwritable(failure);
    }

    /** As of the last flush, or as they were opened. */
    public Map<String, Long> positions() {
        return Map.copyOf(positions);
    }

    /**
     * The crawl is complete: the places get their names, in the order in which the user gave them, servers first. Before it,
     * {@link #flush} and note the positions: with them, a commit that a crash interrupts can be made again.
     */
    public void commit() {
        if (!flushed) {
            throw new IllegalStateException("flush, and note the positions, before the commit");
        }
        for (var each : opened) {
            try {
                each.sink.commit();
            } catch (IOException failure) {
                throw each.target.unwritable(failure);
            }
        }
    }

    /** Closes all of them, whatever fails; without a commit they can be gone on with. */
    @Override
    public void close() {
        InputException first = null;
        for (var each : opened.reversed()) {
            try {
                each.sink.close();
            } catch (IOException failure) {
                var because = each.target.unwritable(failure);
                if (first == null) {
                    first = because;
                } else {
                    first.addSuppressed(because);
                }
            }
        }
        opened.clear();
        if (first != null) {
            throw first;
        }
    }
}
