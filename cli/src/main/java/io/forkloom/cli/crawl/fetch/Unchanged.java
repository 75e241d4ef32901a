package io.forkloom.cli.crawl.fetch;

/**
 * It is as it was when the validators were given out.
 *
 * @param validators to ask by the next time
 */
public record Unchanged(Validators validators, Cost cost) implements Answer {}
