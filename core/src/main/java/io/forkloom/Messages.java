package io.forkloom;

import java.time.Duration;

/** Words that several messages share. */
final class Messages {
    private Messages() {}

    static String where(TaskInfo task) {
        return task.worker().map(worker -> " in worker " + worker).orElse("");
    }

    /** {@code 1.5 s}, {@code 200 ms}. */
    static String words(Duration time) {
        return time.toMillis() % 1000 == 0
                ? time.toSeconds() + " s"
                : time.toMillis() < 1000 ? time.toMillis() + " ms" : time.toMillis() / 1000.0 + " s";
    }
}
