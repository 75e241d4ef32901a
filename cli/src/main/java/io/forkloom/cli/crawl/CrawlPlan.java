package io.forkloom.cli.crawl;

/** All that a crawl is told; checked by whoever made it. */
record CrawlPlan(Sources sources, FetchOptions fetch, ParseOptions parse, Destination destination, boolean quiet) {}
