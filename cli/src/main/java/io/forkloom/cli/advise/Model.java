package io.forkloom.cli.advise;

import java.util.Locale;

/** What a function can be run by. */
enum Model {
    PLAIN("call it as it is"),
    VIRTUAL_THREADS("use virtual threads"),
    THREAD_POOL("use a thread pool"),
    ISOLATES("use isolates"),
    PROCESS_POOL("use a process pool");

    private final String words;

    Model(String words) {
        this.words = words;
    }

    /** For people. */
    String words() {
        return words;
    }

    /** For programs: {@code process-pool}. */
    String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
