package io.forkloom.cli.crawl.parse;

import io.forkloom.Retry;
import io.forkloom.TaskOptions;
import io.forkloom.cli.InputException;
import io.forkloom.cli.Range;
import io.forkloom.cli.Size;
import io.forkloom.cli.Times;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a page of one kind may cost: {@code -O pdf.deadline=60s -O pdf.retries=1 -O pdf.heap=1g}.
 *
 * @param deadline of one attempt; that of all pages where it is empty
 * @param retries further attempts for a page that has cost its worker
 * @param heap of the worker for an attempt after one that filled its heap
 */
public record Policy(Optional<Duration> deadline, int retries, Optional<Size> heap) {
    static final List<String> KEYS = List.of("deadline", "heap", "retries");
    static final Policy NONE = new Policy(Optional.empty(), 0, Optional.empty());
    private static final int MOST_RETRIES = 10;

    /**
     * What the user said for one parser.
     *
     * @param said values by {@link #KEYS}
     */
    static Policy of(String parser, Map<String, String> said, Size ordinaryHeap) {
        Optional<Size> heap = value(parser, "heap", said, Size::of);
        heap.ifPresent(size -> {
            if (size.bytes() <= ordinaryHeap.bytes()) {
                throw new InputException("-O " + parser + ".heap=" + said.get("heap")
                        + " is no more than every worker has: give more than " + ordinaryHeap
                        + ", or a smaller --heap");
            }
        });
        int retries = value(parser, "retries", said, Integer::valueOf).orElse(heap.isPresent() ? 1 : 0);
        Range.check("-O " + parser + ".retries", retries, heap.isPresent() ? 1 : 0, MOST_RETRIES);
        return new Policy(value(parser, "deadline", said, Times::parse), retries, heap);
    }

    private interface Reader<T> {
        T read(String text);
    }

    private static <T> Optional<T> value(String parser, String key, Map<String, String> said, Reader<T> reader) {
        String text = said.get(key);
        try {
            return text == null ? Optional.empty() : Optional.of(reader.read(text));
        } catch (NumberFormatException notOne) {
            throw new InputException("-O " + parser + "." + key + "=" + text + ": give a number", notOne);
        } catch (IllegalArgumentException wrong) {
            throw new InputException("-O " + parser + "." + key + ": " + wrong.getMessage(), wrong);
        }
    }

    TaskOptions task(Duration deadlineElse) {
        var task = TaskOptions.deadline(deadline.orElse(deadlineElse));
        if (retries == 0) {
            return task;
        }
        var retry = Retry.onLostWorker(1 + retries);
        return task.withRetry(
                heap.map(size -> retry.withHeap(Long.toString(size.bytes()))).orElse(retry));
    }
}
