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
            example("C6", "image-folder", ImageFolder.class, "a folder of pictures resized and sharpened by four"),
            example("C7", "word-counts", WordCounts.class, "a process for each file, or two that all files share"),
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
            example("B1", "subtask-states", SubtaskStates.class, "running, suspended, done: for whoever looks"),
            example("B3", "start-from-main", StartFromMain.class, "no loop to start; the errors of wrong places"),
            example("B5", "background-tasks", BackgroundTasks.class, "all, the first, as completed, for so long"),
            example("B6", "groups", Groups.class, "one fails, the others are cancelled and clean up"),
            example("B7", "endless-stream", EndlessStream.class, "a generator, one element at a time"),
            example("B8", "resources", Resources.class, "acquired and released around a wait, on every way"),
            example("B9", "shared-state", SharedState.class, "a lock held while waiting, and a deadlock named"),
            example("B10", "at-most-so-many", AtMostSoMany.class, "ten fetches, five at once: two waves"),
            example("B11", "all-done", AllDone.class, "queues that know when all is done, and a select"),
            example("B12", "right-place", RightPlace.class, "what blocks, what computes, and where each goes"),
            example("A1", "many-clients", ManyClients.class, "clients that wait at the same moment, and their cost"),
            example("A3", "others-go-on", OthersGoOn.class, "computing for some freezes nobody else"),
            example("A11", "long-lived-worker", LongLivedWorker.class, "messages to a worker that remembers, and back"),
            example("C1", "threads", ThreadBasics.class, "a race and its cures, a queue, a pool of threads"),
            example("E2", "async-scraper", AsyncScraper.class, "two thousand pages, a hundred at a time"),
            example("E5", "which-model", WhichModel.class, "two measurements say what to run a function by"),
            example("E1", "hybrid-scraper", HybridScraper.class, "fetch with a limit, hash in the pool, streamed"),
            example("E3", "etl", FetchParseUpload.class, "fetch, parse in the pool, upload: an exact account"),
            new Example(
                    "F5",
                    "blocking-drivers",
                    "files, HTTP and JDBC by calls that block virtual threads",
                    BlockingDrivers.class.getName(),
                    // SQLite's driver is native code.
                    List.of("--enable-native-access=ALL-UNNAMED")));

    private Examples() {}

    public static List<Example> all() {
        return ALL;
    }

    private static Example example(String id, String name, Class<?> program, String about) {
        return new Example(id, name, about, program.getName(), List.of());
    }
}
