package io.forkloom.examples;

import java.util.List;

/** The list of examples, in the order in which a newcomer reads them. */
public final class Examples {
    private static final List<Example> ALL = List.of(
            example("A4", "bridge", Bridge.class, "a caller waits for its task, and others run meanwhile"),
            example("C3", "process-pool", PoolTour.class, "submit, as completed, ordered map, map with a time-out"),
            example("C4", "exceptions", RemoteFailure.class, "what a task throws arrives with type and stack"),
            example(
                    "C5",
                    "threads-and-processes",
                    ThreadsAndProcesses.class,
                    "the same work by both, and what differs"),
            example("C11", "lambdas", Lambdas.class, "lambdas travel to the worker with what they capture"),
            example("C13", "isolates", Isolates.class, "threads with the program's classes for themselves"),
            example("C14", "plain-threads", PlainThreads.class, "two threads compute on one array, nothing copied"),
            example("A6", "bounded-queue", BoundedQueue.class, "a producer waits when the queue of 10 is full"),
            example("A9", "streaming-jobs", StreamingJobs.class, "producer, queue, submitter, pool, gathered"),
            example("A10", "request-handler", RequestHandler.class, "six requests at once await four workers"),
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
