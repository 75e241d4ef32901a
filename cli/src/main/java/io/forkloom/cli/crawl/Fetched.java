package io.forkloom.cli.crawl;

/**
 * A page on its way to a worker.
 *
 * @param lease the page's share of the memory; whoever is done with the page closes it
 */
record Fetched(Page page, MemoryBudget.Lease lease) {}
