package io.forkloom.pipeline;

import org.jspecify.annotations.Nullable;

/**
 * An item that a stage could not deal with. Of a batch, each item has a letter of its own, with the same batch as input.
 *
 * @param stage the stage's name
 * @param item as the source gave it
 * @param input what the stage was given: the same, or what the stages before made of it
 * @param error what the last attempt threw; in a {@code cpu} stage what {@code pool.call} threw
 * @param attempts how many there were, at least 1
 */
public record DeadLetter(
        String stage, @Nullable Object item, @Nullable Object input, Throwable error, int attempts) {}
