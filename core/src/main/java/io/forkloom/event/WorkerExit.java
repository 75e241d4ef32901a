package io.forkloom.event;

import java.util.Optional;

/**
 * How a worker ended.
 *
 * @param worker which one
 * @param pid its process; 0 for a worker that is a thread
 * @param code the exit code as the system tells it: 128 + the signal's number where a signal ended the process
 * @param announced whether the worker was in an orderly exit ({@code System.exit}, or after SIGTERM)
 * @param reason why the pool ended it; empty where it ended by itself
 */
public record WorkerExit(WorkerId worker, long pid, int code, boolean announced, Optional<String> reason) {

    /** {@code SIGSEGV} for code 139; empty where the code does not look like a signal's. */
    public Optional<String> signal() {
        return announced ? Optional.empty() : Signals.name(code - 128);
    }

    /** {@code worker 2.1 (pid 4711) ended with 134 (SIGABRT)}. */
    @Override
    public String toString() {
        String what = pid == 0
                ? " ended"
                : " (pid " + pid + ") ended with "
                        + (announced
                                ? "exit code " + code
                                : Signals.name(code - 128)
                                        .map(name -> code + " (" + name + ", or exit " + code + ")")
                                        .orElse("exit code " + code));
        return "worker " + worker + what
                + reason.map(why -> ", stopped by the pool: " + why).orElse("");
    }
}
