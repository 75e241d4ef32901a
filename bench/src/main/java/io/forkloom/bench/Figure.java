package io.forkloom.bench;

/** What is measured: the name of a row, and what its value counts. */
public record Figure(String name, Unit unit) {}
