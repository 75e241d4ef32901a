package io.forkloom.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.forkloom.ProcessPool;
import io.forkloom.TaskOptions;
import io.forkloom.ThreadPool;
import io.forkloom.WorkerOutput;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a flight recording holds of pools. In programs of their own: a recorder that was made stays for good. */
@SuppressWarnings("SystemOut")
@Timeout(120)
class FlightIT {
    /** Prints what was recorded. */
    static final class Recorded {
        public static void main(String[] args) throws Exception {
            Recording recording;
            try (var pool = ProcessPool.open(c -> c.name("early").workers(1).heap("64m"))) {
                pool.call(Work::square, 2); // before there is a recorder
                recording = new Recording();
                recording.start();
                pool.with(TaskOptions.label("first")).call(Work::square, 3);
                pool.with(TaskOptions.label("second")).submit(Faults::halt, 7).await();
                pool.with(TaskOptions.label("third")).call(Work::square, 4);
                try (var late = ThreadPool.open(c -> c.name("late").workers(1))) {
                    late.with(TaskOptions.label("fourth")).submit(Work::fail, 1).await();
                }
            }
            events(recording).forEach(event -> System.out.println(line(event)));
        }

        /** Ours, in the order in which they happened; the file has them by thread. */
        private static List<RecordedEvent> events(Recording recording) throws IOException {
            var file = Files.createTempFile("flight", ".jfr");
            try (recording) {
                recording.dump(file);
                return RecordingFile.readAllEvents(file).stream()
                        .filter(event -> event.getEventType().getName().startsWith("io.forkloom."))
                        .sorted(Comparator.comparing(RecordedEvent::getStartTime))
                        .toList();
            } finally {
                Files.delete(file);
            }
        }

        private static String line(RecordedEvent event) {
            return switch (event.getEventType().getName()) {
                case "io.forkloom.Task" ->
                    "Task " + event.getString("pool") + " " + event.getLong("id") + " " + event.getString("label") + " "
                            + event.getString("worker") + " " + event.getString("outcome") + " "
                            + event.getDuration("waiting").isNegative()
                            + event.getDuration("running").isPositive();
                case "io.forkloom.WorkerStart" ->
                    "WorkerStart " + event.getString("pool") + " " + event.getString("worker") + " "
                            + event.getDuration("after").compareTo(Duration.ofMinutes(1));
                case "io.forkloom.WorkerEnd" ->
                    "WorkerEnd " + event.getString("pool") + " " + event.getString("worker") + " "
                            + event.getString("exit").replaceAll("pid \\d+", "pid");
                default ->
                    "Pool " + event.getString("pool") + " of " + event.getInt("workers") + ": "
                            + event.getLong("completed") + " + " + event.getLong("unfinished") + " of "
                            + event.getLong("submitted");
            };
        }
    }

    @Test
    void a_recording_holds_tasks_workers_and_pools() throws Exception {
        var lines = Programs.outputOf(Recorded.class, Map.of(), List.of());
        assertThat(lines.stream().filter(line -> line.startsWith("Task")))
                .containsExactly(
                        "Task early 2 first 0.1 Completed falsetrue",
                        "Task early 3 second 0.1 Crashed falsetrue",
                        "Task early 4 third 0.2 Completed falsetrue",
                        "Task late 1 fourth 0.1 Failed falsetrue");
        assertThat(lines)
                .contains("WorkerStart early 0.2 -1", "WorkerStart late 0.1 -1")
                .contains("WorkerEnd early 0.1 worker 0.1 (pid) ended with exit code 7")
                .contains("Pool early of 1: 3 + 1 of 4", "Pool late of 1: 0 + 1 of 1");
    }

    /** Says what a pool computes. */
    static final class Plain {
        public static void main(String[] args) throws Exception {
            try (var pool = ProcessPool.open(c -> c.workers(1).heap("64m").output(WorkerOutput.DISCARD))) {
                System.out.println("9 = " + pool.call(Work::square, 3));
            }
        }
    }

    @Test
    void no_class_of_the_recorder_is_loaded_while_nothing_is_recorded() throws Exception {
        var lines = Programs.outputOf(Plain.class, Map.of(), List.of("-Xlog:class+load:stdout"));
        assertThat(lines).contains("9 = 9").anyMatch(line -> line.contains(" jdk.jfr.FlightRecorder "));
        assertThat(lines)
                .noneMatch(line -> line.contains(" jdk.jfr.Event ")
                        || line.contains(" jdk.jfr.internal.")
                        || line.contains(".FlightEvents "));
    }

    @Test
    void pools_work_where_there_is_no_recorder() throws Exception {
        var lines = Programs.outputOf(
                Plain.class, Map.of(), List.of("--limit-modules=java.base,java.management", "-Xlog:class+load:stdout"));
        assertThat(lines).contains("9 = 9").noneMatch(line -> line.contains("jdk.jfr"));
    }
}
