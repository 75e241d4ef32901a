package io.forkloom.bench;

/** Where rows go, one at a time, as soon as they are known. */
public interface Report {
    void row(Row row);

    /** About the run itself: versions, what is absent, what went wrong. */
    void say(String line);
}
