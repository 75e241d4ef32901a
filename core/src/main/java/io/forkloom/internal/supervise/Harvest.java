package io.forkloom.internal.supervise;

import io.forkloom.internal.supervise.WorkerEvents.Answered;
import io.forkloom.internal.transport.Ledger;
import io.forkloom.internal.wire.Frame.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The answers of one worker on their way from its link to the dispatcher: told together where they come together. For its keeper. */
final class Harvest {
    /** Answers that are told together: the others' callers wait for the first as little as that takes. */
    private static final int MOST_AT_ONCE = 64;

    private final Consumer<List<Answered>> listener;
    /** Read, and not told yet. */
    private final List<Answered> answers = new ArrayList<>();
    /** The last call whose answer was told. */
    private long last;

    Harvest(Consumer<List<Answered>> listener) {
        this.listener = listener;
    }

    void add(Answer answer) {
        answers.add(new Answered(answer.ticket(), answer.failed(), answer.nanos(), answer.payload()));
    }

    boolean isLarge() {
        return answers.size() >= MOST_AT_ONCE;
    }

    /** Where that fails, they stay for {@link #recover}. */
    void tell() {
        if (!answers.isEmpty()) {
            listener.accept(answers);
            last = answers.getLast().ticket();
            answers.clear();
        }
    }

    /** The worker is gone: tells what was read before something that was wrong, and what the worker had not sent. */
    void recover(Optional<Ledger> ledger, int generation) {
        long read = answers.isEmpty() ? last : answers.getLast().ticket();
        ledger.ifPresent(page -> page.unsent(read, generation).forEach(this::add));
        for (var answer : answers) {
            try {
                listener.accept(List.of(answer));
            } catch (UnexpectedAnswerException e) {
                // It was told before the heap was full; or the worker broke its word, or wrote over this memory.
            }
        }
        answers.clear();
    }
}
