package io.forkloom.cli.crawl.frontier;

import io.forkloom.cli.crawl.fetch.Hosts;
import io.forkloom.cli.crawl.journal.Input;
import org.jspecify.annotations.Nullable;

/**
 * An input whose turn it is.
 *
 * @param attempt 1 for the first
 * @param place at its host, to be given back after the fetch; null for what is no page
 */
public record Visit(Input input, int attempt, Hosts.@Nullable Place place) {}
