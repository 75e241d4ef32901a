package io.forkloom;

/** What becomes of the lines that workers print. In any case the last ones are kept as evidence for a crash. */
public enum WorkerOutput {
    /** Handed on, line by line, to this program's standard output and standard error. */
    INHERIT,
    /** Dropped. */
    DISCARD
}
