package io.forkloom.examples;

import java.util.List;

/** The list of examples, in the order in which a newcomer reads them. */
public final class Examples {
    private static final List<Example> ALL = List.of(
            example("A4", "bridge", Bridge.class, "a caller waits for its task, and others run meanwhile"),
            example("A12", "timed-calls", TimedCalls.class, "value, duration and worker of each call"),
            example("A5", "one-pool", OnePool.class, "a web application opens one pool, and closes it when it ends"),
            example("A7", "border", Border.class, "only what can be serialised crosses; the errors for the rest"),
            example("A8", "thread-state", ThreadState.class, "what a caller has bound to its thread stays there"),
            example("C3", "process-pool", PoolTour.class, "submit, as completed, ordered map, map with a time-out"),
            example("C4", "exceptions", RemoteFailure.class, "what a task throws arrives with type and stack"),
            example("B2", "culprits", Culprits.class, "who holds up all virtual threads is named, the others go on"),
            example(
                    "B13",
                    "forgotten-result",
                    ForgottenResult.class,
                    "a failure that nobody has looked at is logged, once"),
            example(
                    "C5",
                    "threads-and-processes",
                    ThreadsAndProcesses.class,
                    "the same work by both, and what differs"),
            example("C8", "start-methods", StartMethods.class, "what a new worker knows, and no pools within pools"),
            example("C9", "chunks", Chunks.class, "tiny tasks go many at a time"),
            example("C10", "send-the-path", SendThePath.class, "send a path or an index in place of the data"),
            example("C11", "lambdas", Lambdas.class, "lambdas travel to the worker with what they capture"),
            example("C12", "lock-in-field", LockInField.class, "the error names the field, and two ways out"),
            example("C13", "isolates", Isolates.class, "threads with the program's classes for themselves"),
            example("C14", "plain-threads", PlainThreads.class, "two threads compute on one array, nothing copied"),
            example("C15", "resource-limits", ResourceLimits.class, "processes, memory and the queue are bounded"),
            example("C16", "deadlocks", Deadlocks.class, "three that cannot happen, and one that is named"),
            example("C17", "native-code", NativeCode.class, "a call of the C library, and a crash that costs one task"),
            example("A6", "bounded-queue", BoundedQueue.class, "a producer waits when the queue of 10 is full"),
            example("A9", "streaming-jobs", StreamingJobs.class, "producer, queue, submitter, pool, gathered"),
            example("A10", "request-handler", RequestHandler.class, "six requests at once await four workers"),
            example("E5", "which-model", WhichModel.class, "two measurements say what to run a function by"),
            example("E1", "hybrid-scraper", HybridScraper.class, "fetch with a limit, hash in the pool, streamed"),
            example("E3", "etl", FetchParseUpload.class, "fetch, parse in the pool, upload: an exact account"));

    private Examples() {}

    public static List<Example> all() {
        return ALL;
    }

    private static Example example(String id, String name, Class<?> program, String about) {
        return new Example(id, name, about, program.getName());
    }
}
