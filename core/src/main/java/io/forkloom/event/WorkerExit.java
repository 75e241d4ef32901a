package io.forkloom.event;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * How a worker ended.
 *
 * @param worker which one
 * @param pid its process; 0 for a worker that is a thread
 * @param code the exit code as the system tells it: 128 + the signal's number where a signal ended the process
 * @param announced whether the worker was in an orderly exit ({@code System.exit}, or after SIGTERM)
 * @param crash the signal that its crash log names; the JVM itself then ended with another code
 * @param reason why the pool ended it; empty where it ended by itself
 * @param heap bytes of its largest heap, where that was larger than the other workers'; see {@code Retry.withHeap}
 */
public record WorkerExit(
        WorkerId worker,
        long pid,
        int code,
        boolean announced,
        Optional<String> crash,
        Optional<String> reason,
        OptionalLong heap) {

    private static final long MEBIBYTE = 1 << 20;

    /** The signal that ended it: as its crash log says, else as the code looks. */
    public Optional<String> signal() {
        return crash.isPresent() || announced ? crash : Signals.name(code - 128);
    }

    /** {@code worker 2.1 (pid 4711) ended with 137 (SIGKILL, or exit 137)}. */
    @Override
    public String toString() {
        return "worker " + worker + (pid == 0 ? "" : " (pid " + pid + heapInWords() + ")") + " ended"
                + (pid == 0 ? "" : words())
                + reason.map(why -> ", stopped by the pool: " + why).orElse("");
    }

    private String heapInWords() {
        return heap.isEmpty() ? "" : ", heap " + heap.getAsLong() / MEBIBYTE + " MiB";
    }

    private String words() {
        if (crash.isPresent()) {
            return " after " + crash.get() + " with exit code " + code;
        }
        // A shell and a JVM alike say 128 + n for signal n, and so may a program that just exits.
        return signal().map(name -> " with " + code + " (" + name + ", or exit " + code + ")")
                .orElse(" with exit code " + code);
    }
}
