package io.forkloom.cli.crawl.fetch;

import io.forkloom.cli.crawl.parse.Page;

/**
 * A page on its way to a worker.
 *
 * @param lease the page's share of the memory; whoever is done with the page closes it
 * @param validators to ask by the next time
 */
public record Fetched(Page page, MemoryBudget.Lease lease, Validators validators, Cost cost) implements Answer {}
